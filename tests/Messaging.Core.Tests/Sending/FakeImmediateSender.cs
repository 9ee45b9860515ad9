using Messaging.Dispatching;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Makes attempts that end as the test says.</summary>
internal sealed class FakeImmediateSender : IImmediateSender
{
    public List<StoredDelivery> Sent { get; } = [];

    public Func<StoredMessage, StoredDelivery, ValueTask<ImmediateOutcome>>? OnSend { get; set; }

    public ValueTask<ImmediateOutcome> SendAsync(StoredMessage message, StoredDelivery delivery, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Sent.Add(delivery);
        return OnSend?.Invoke(message, delivery) ?? new(Accepted(delivery));
    }

    public static ImmediateOutcome Accepted(StoredDelivery delivery) => new(
        delivery with
        {
            Work = WorkState.Done,
            Evidence = Evidence.None.With(MessageEventType.Submitted, delivery.AcceptedAt),
            Attempt = new AttemptOutcome("email", delivery.AcceptedAt, TimeSpan.FromMilliseconds(5), MessageEventType.Submitted),
            ProviderId = "provider-1",
        },
        SendStatus.Sent,
        null,
        []);
}

using System.Globalization;
using Messaging.Channels;

namespace Messaging.Testing;

public sealed partial class TestMessaging
{
    private int _reports;

    /// <summary>Reports, as the provider would, that the receiving side has every delivery of a message.</summary>
    /// <exception cref="TestMessagingException">No channel took anything of it.</exception>
    public Task ReportDeliveredAsync(MessageId id, CancellationToken cancellationToken = default) =>
        ReportAsync(id, MessageEventType.Delivered, cancellationToken);

    /// <summary>Reports, as the provider would, that the receiving side has a delivery.</summary>
    /// <exception cref="TestMessagingException">No channel took it.</exception>
    public Task ReportDeliveredAsync(DeliveryId id, CancellationToken cancellationToken = default) =>
        ReportAsync(id, MessageEventType.Delivered, cancellationToken);

    /// <summary>Reports, as the provider would, that every delivery of a message came back.</summary>
    /// <param name="id">The message.</param>
    /// <param name="permanent">Whether the address does not exist, rather than not working at the moment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestMessagingException">No channel took anything of it.</exception>
    public Task ReportBouncedAsync(MessageId id, bool permanent = true, CancellationToken cancellationToken = default) =>
        ReportAsync(id, permanent ? MessageEventType.HardBounced : MessageEventType.SoftBounced, cancellationToken);

    /// <summary>Reports, as the provider would, that a delivery came back.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="permanent">Whether the address does not exist, rather than not working at the moment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TestMessagingException">No channel took it.</exception>
    public Task ReportBouncedAsync(DeliveryId id, bool permanent = true, CancellationToken cancellationToken = default) =>
        ReportAsync(id, permanent ? MessageEventType.HardBounced : MessageEventType.SoftBounced, cancellationToken);

    /// <summary>Reports anything of every delivery of a message. Completes when it is applied; what follows from it is done by <see cref="DrainAsync"/>.</summary>
    /// <exception cref="TestMessagingException">No channel took anything of it.</exception>
    public Task ReportAsync(MessageId id, MessageEventType type, CancellationToken cancellationToken = default) =>
        ReportAsync(sent => sent.MessageId == id, $"message {id}", type, cancellationToken);

    /// <summary>Reports anything of a delivery. Completes when it is applied; what follows from it is done by <see cref="DrainAsync"/>.</summary>
    /// <exception cref="TestMessagingException">No channel took it.</exception>
    public Task ReportAsync(DeliveryId id, MessageEventType type, CancellationToken cancellationToken = default) =>
        ReportAsync(sent => sent.DeliveryId == id, $"delivery {id}", type, cancellationToken);

    private async Task ReportAsync(Func<SentMessage, bool> which, string what, MessageEventType type, CancellationToken cancellationToken)
    {
        var latest = Sent.Where(which).GroupBy(sent => sent.DeliveryId).Select(attempts => attempts.Last()).ToList();
        if (latest.Count == 0)
        {
            throw new TestMessagingException($"No channel took {what}, so no provider can report of it. {Describe()}");
        }

        await _sink.ReportAsync([.. latest.Select(sent => Event(sent, type))], cancellationToken).ConfigureAwait(false);
    }

    private ProviderEvent Event(SentMessage sent, MessageEventType type) => new()
    {
        Account = sent.Account,
        Tenant = sent.AccountOwner,
        Key = string.Create(CultureInfo.InvariantCulture, $"test-{Interlocked.Increment(ref _reports)}"),
        DeliveryId = sent.DeliveryId,
        ProviderId = (sent.Result as SendResult.Accepted)?.ProviderId,
        Type = type,
        OccurredAt = Now,
        Reason = type == MessageEventType.HardBounced ? RejectionReason.UnknownRecipient : RejectionReason.Other,
        Scope = type is MessageEventType.HardBounced or MessageEventType.SoftBounced ? FailureScope.Address : FailureScope.Message,
    };
}

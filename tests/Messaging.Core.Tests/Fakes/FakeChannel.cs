using Messaging.Channels;

namespace Messaging.Core.Fakes;

/// <summary>A channel that answers as the test says and remembers what it was given.</summary>
internal sealed class FakeChannel(ChannelAccount account, ChannelCapabilities capabilities) : IChannel, IAsyncDisposable
{
    public ChannelAccount Account { get; } = account;

    public ChannelCapabilities Capabilities { get; } = capabilities;

    public Func<OutboundMessage, CancellationToken, ValueTask<SendResult>> OnSend { get; set; } =
        (_, _) => new(new SendResult.Accepted("provider-1"));

    public List<OutboundMessage> Sent { get; } = [];

    public bool Disposed { get; private set; }

    public ValueTask<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        lock (Sent)
        {
            Sent.Add(message);
        }

        return OnSend(message, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}

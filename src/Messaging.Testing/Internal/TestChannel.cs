using Messaging.Channels;

namespace Messaging.Testing.Internal;

/// <summary>Stands in for a channel: has its capabilities, and calls no provider.</summary>
internal sealed class TestChannel(IChannel inner, ChannelAccount account, CaptureLog log, Script script, TimeProvider time) : IChannel, IAsyncDisposable
{
    public ChannelCapabilities Capabilities => inner.Capabilities;

    public async ValueTask<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = await CapturedCall.ReadAsync(message, account, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var attempt = call.ToMessage();
        SendResult? result = null;
        try
        {
            return result = script.AnswerTo(attempt)(attempt);
        }
        finally
        {
            log.Add(attempt with { Result = result });
        }
    }

    public async ValueTask DisposeAsync()
    {
        switch (inner)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}

namespace Messaging.Channels;

/// <summary>One live account of one medium. Implementations are safe for concurrent use; disposable ones are disposed once drained.</summary>
public interface IChannel
{
    /// <summary>Gets what the medium can carry; checked before anything is sent.</summary>
    ChannelCapabilities Capabilities { get; }

    /// <summary>Hands one message to the provider, once, and returns the provider's answer. A refusal is an answer.</summary>
    /// <remarks>An exception that escapes after the attempt began counts as <see cref="SendResult.Unconfirmed"/>.</remarks>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled before the first byte left.</exception>
    ValueTask<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken);
}

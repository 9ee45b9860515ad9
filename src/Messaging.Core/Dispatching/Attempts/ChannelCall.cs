using Messaging.Channels;

namespace Messaging.Dispatching;

/// <summary>A call that is ready to be made, and the channel that is held for it.</summary>
/// <param name="Lease">The channel.</param>
/// <param name="Message">What is sent; <see langword="null"/> when it cannot be made.</param>
/// <param name="Rendered">The delivery's new payload, when it was rendered just now.</param>
/// <param name="Failure">Why it cannot be made, ever.</param>
internal readonly record struct ChannelCall(ChannelLease Lease, OutboundMessage? Message, ReadOnlyMemory<byte>? Rendered, Why? Failure) : IDisposable
{
    public void Dispose() => Lease.Dispose();
}

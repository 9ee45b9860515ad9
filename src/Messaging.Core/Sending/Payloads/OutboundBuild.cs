using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>The message for the channel, or why there is none.</summary>
/// <param name="Message">The message.</param>
/// <param name="Rendered">The delivery's new payload when it was rendered just now: what retries send.</param>
/// <param name="Failure">Why it cannot be made, ever.</param>
internal readonly record struct OutboundBuild(OutboundMessage? Message, ReadOnlyMemory<byte>? Rendered, Why? Failure);

using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>An attachment whose bytes travel with the message.</summary>
internal sealed class InlineAttachment(ReadOnlyMemory<byte> content) : OutboundAttachment
{
    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => new(new ReadOnlyMemoryStream(content));
}

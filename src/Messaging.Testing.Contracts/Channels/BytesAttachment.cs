using Messaging.Channels;

namespace Messaging.Testing.Contracts.Channels;

/// <summary>An attachment of zeros.</summary>
internal sealed class BytesAttachment(long length) : OutboundAttachment
{
    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => new(new MemoryStream(new byte[length]));
}

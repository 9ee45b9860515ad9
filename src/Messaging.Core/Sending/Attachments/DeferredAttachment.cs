using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>An attachment that the host makes now.</summary>
internal sealed class DeferredAttachment(IAttachmentSource source, TenantId tenant, string key) : OutboundAttachment
{
    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => source.OpenAsync(tenant, key, cancellationToken);
}

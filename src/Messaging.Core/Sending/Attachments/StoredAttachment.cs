using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>An attachment in the attachment store.</summary>
internal sealed class StoredAttachment(IAttachmentStore store, TenantId tenant, string key) : OutboundAttachment
{
    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(tenant, key, cancellationToken);
}

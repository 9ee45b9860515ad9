using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>The attachments of one submission, and what must be thrown away when it is not stored after all.</summary>
internal sealed class AttachmentSet(TenantId tenant, IAttachmentStore? store)
{
    public static readonly AttachmentSet Empty = new(default, null);

    private readonly List<PayloadAttachment> _attachments = [];

    public IReadOnlyList<PayloadAttachment> Attachments => _attachments;

    public void Add(in PayloadAttachment attachment) => _attachments.Add(attachment);

    /// <summary>Returns the keys of what went to the store.</summary>
    public IReadOnlyList<string> StoredKeys() =>
        _attachments.Count == 0 ? [] : [.. _attachments.Where(a => a.Kind == PayloadAttachment.Form.Stored).Select(a => a.Key!)];

    /// <summary>Deletes what went to the store. Not to be cancelled: nothing half stored stays behind.</summary>
    public async ValueTask DiscardAsync()
    {
        foreach (var attachment in _attachments)
        {
            if (attachment.Kind == PayloadAttachment.Form.Stored)
            {
                await store!.DeleteAsync(tenant, attachment.Key!, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}

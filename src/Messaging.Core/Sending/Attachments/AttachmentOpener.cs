using System.Collections.Frozen;
using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>Makes what a channel opens of what a payload says.</summary>
internal sealed class AttachmentOpener(AttachmentStores stores, IEnumerable<IAttachmentSource> sources)
{
    private readonly FrozenDictionary<string, IAttachmentSource> _sources = ByName(sources);

    /// <summary>Gets the names of the sources, for error texts.</summary>
    public IEnumerable<string> Sources => _sources.Keys;

    public bool Has(string source) => _sources.ContainsKey(source);

    /// <summary>Makes an attachment; <see langword="null"/> when this process lacks the source or store that it names.</summary>
    public OutboundAttachment? Open(TenantId tenant, in PayloadAttachment attachment) => attachment.Kind switch
    {
        PayloadAttachment.Form.Inline => new InlineAttachment(attachment.Content)
        {
            FileName = attachment.FileName,
            ContentType = attachment.ContentType,
            ContentId = attachment.ContentId,
            Size = attachment.Size,
        },
        PayloadAttachment.Form.Stored when stores.Current is { } store => new StoredAttachment(store, tenant, attachment.Key!)
        {
            FileName = attachment.FileName,
            ContentType = attachment.ContentType,
            ContentId = attachment.ContentId,
            Size = attachment.Size,
        },
        PayloadAttachment.Form.Deferred when _sources.TryGetValue(attachment.Source!, out var source) => new DeferredAttachment(source, tenant, attachment.Key!)
        {
            FileName = attachment.FileName,
            ContentType = attachment.ContentType,
            ContentId = attachment.ContentId,
        },
        _ => null,
    };

    private static FrozenDictionary<string, IAttachmentSource> ByName(IEnumerable<IAttachmentSource> sources)
    {
        var named = new Dictionary<string, IAttachmentSource>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            named[source.Name] = source;
        }

        return named.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

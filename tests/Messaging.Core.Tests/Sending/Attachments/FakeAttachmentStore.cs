using System.Collections.Concurrent;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Keeps attachments where a test can count them.</summary>
internal sealed class FakeAttachmentStore : IAttachmentStore
{
    public ConcurrentDictionary<string, byte[]> Contents { get; } = new();

    public async ValueTask<string> PutAsync(TenantId tenant, Stream content, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        var key = $"{tenant}-{Contents.Count}";
        Contents[key] = bytes.ToArray();
        return key;
    }

    public ValueTask<Stream> OpenAsync(TenantId tenant, string key, CancellationToken cancellationToken) => new(new MemoryStream(Contents[key]));

    public ValueTask DeleteAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        Contents.TryRemove(key, out _);
        return ValueTask.CompletedTask;
    }
}

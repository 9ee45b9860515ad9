using System.Collections.Concurrent;
using System.Globalization;

namespace Messaging.Storage.Memory;

/// <summary>Keeps attachments in this process. Safe for concurrent use.</summary>
public sealed class MemoryAttachmentStore : IAttachmentStore
{
    private readonly ConcurrentDictionary<(TenantId Tenant, string Key), byte[]> _contents = new();
    private long _next;

    /// <inheritdoc/>
    public async ValueTask<string> PutAsync(TenantId tenant, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        var key = Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture);
        _contents[(tenant, key)] = bytes.ToArray();
        return key;
    }

    /// <inheritdoc/>
    public ValueTask<Stream> OpenAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        return _contents.TryGetValue((tenant, key), out var bytes)
            ? ValueTask.FromResult<Stream>(new MemoryStream(bytes, writable: false))
            : throw new FileNotFoundException("The tenant has no attachment under this key: it was deleted, or kept by another store.");
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        _contents.TryRemove((tenant, key), out _);
        return ValueTask.CompletedTask;
    }
}

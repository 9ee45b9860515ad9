using System.Collections.Concurrent;

namespace Messaging.Storage.Memory;

/// <summary>What was lately asked for by its key, and what was not there: gates ask for the same few with every message, and need not wait for the store's lock.</summary>
/// <remarks>
/// <see cref="TryFind"/> is safe for concurrent use. The others are called under the store's lock: what a commit changes is forgotten before the lock is let
/// go, and learnt again under it, so that nobody who has seen a part of a commit sees anything from before it.
/// </remarks>
internal sealed class KnownEntities<T>
    where T : class
{
    private const int Most = 512;

    private readonly ConcurrentDictionary<(TenantId Tenant, string Key), Versioned<T>?> _known = new();
    private int _count;

    public bool TryFind(TenantId tenant, string key, out Versioned<T>? entity) => _known.TryGetValue((tenant, key), out entity);

    /// <summary>Learns what stands under a key that was not known; <see langword="null"/> when nothing does.</summary>
    public void Learn(TenantId tenant, string key, Versioned<T>? entity)
    {
        if (_count == Most)
        {
            _known.Clear();
            _count = 0;
        }

        _count += _known.TryAdd((tenant, key), entity) ? 1 : 0;
    }

    public void Forget(TenantId tenant, string key) => _count -= _known.TryRemove((tenant, key), out _) ? 1 : 0;
}

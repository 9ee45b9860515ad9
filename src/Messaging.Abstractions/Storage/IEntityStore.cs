namespace Messaging.Storage;

/// <summary>Reads entities; they are written by <see cref="IMessageStore.CommitAsync"/>.</summary>
public interface IEntityStore
{
    /// <summary>Reads one.</summary>
    ValueTask<Versioned<T>?> GetAsync<T>(TenantId tenant, string key, CancellationToken cancellationToken)
        where T : class, IEntity<T>;

    /// <summary>Lists many, each once: by value and key when the index is Sorted, else by key; ordinal.</summary>
    /// <exception cref="ArgumentException">The schema has no index of that name.</exception>
    ValueTask<Page<Versioned<T>>> FindAsync<T>(EntityQuery query, CancellationToken cancellationToken)
        where T : class, IEntity<T>;
}

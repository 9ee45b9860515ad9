namespace Messaging.Storage;

/// <summary>A write of one entity.</summary>
public abstract class EntityChange
{
    private protected EntityChange(TenantId tenant, string key, long? expectedVersion) =>
        (Tenant, Key, ExpectedVersion) = (tenant, key, expectedVersion);

    /// <summary>Gets the owner.</summary>
    public TenantId Tenant { get; }

    /// <summary>Gets the key.</summary>
    public string Key { get; }

    /// <summary>Gets the version that must stand: 0 for none, <see langword="null"/> for any.</summary>
    public long? ExpectedVersion { get; }

    /// <summary>Writes an entity.</summary>
    public static EntityChange Put<T>(T entity, long? expectedVersion = null)
        where T : class, IEntity<T>
    {
        ArgumentNullException.ThrowIfNull(entity);
        return new EntityPut<T>(entity, expectedVersion);
    }

    /// <summary>Removes an entity, if it is there.</summary>
    public static EntityChange Delete<T>(TenantId tenant, string key, long? expectedVersion = null)
        where T : class, IEntity<T> => new EntityDelete<T>(tenant, key, expectedVersion);

    /// <summary>Calls the visitor with the entity's own type.</summary>
    public abstract TResult Accept<TResult>(IEntityChangeVisitor<TResult> visitor);
}

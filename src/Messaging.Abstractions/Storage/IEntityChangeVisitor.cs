namespace Messaging.Storage;

/// <summary>How a store gets at an entity's own type.</summary>
public interface IEntityChangeVisitor<out TResult>
{
    /// <summary>Is called for a write.</summary>
    TResult Put<T>(T entity, long? expectedVersion)
        where T : class, IEntity<T>;

    /// <summary>Is called for a removal.</summary>
    TResult Delete<T>(TenantId tenant, string key, long? expectedVersion)
        where T : class, IEntity<T>;
}

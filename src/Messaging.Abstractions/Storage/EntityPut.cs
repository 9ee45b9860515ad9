namespace Messaging.Storage;

internal sealed class EntityPut<T>(T entity, long? expectedVersion) : EntityChange(entity.Tenant, entity.Key, expectedVersion)
    where T : class, IEntity<T>
{
    public override TResult Accept<TResult>(IEntityChangeVisitor<TResult> visitor) => visitor.Put(entity, ExpectedVersion);
}

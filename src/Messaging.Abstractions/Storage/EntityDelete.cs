namespace Messaging.Storage;

internal sealed class EntityDelete<T>(TenantId tenant, string key, long? expectedVersion) : EntityChange(tenant, key, expectedVersion)
    where T : class, IEntity<T>
{
    public override TResult Accept<TResult>(IEntityChangeVisitor<TResult> visitor) => visitor.Delete<T>(Tenant, Key, ExpectedVersion);
}

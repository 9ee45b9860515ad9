namespace Messaging.Storage.Memory;

/// <summary>Writes one entity and notes how to take that back.</summary>
internal sealed class EntityWriter(EntityImage image, Stack<Action> undo) : IEntityChangeVisitor<bool>
{
    public bool Put<T>(T entity, long? expectedVersion)
        where T : class, IEntity<T>
    {
        var table = image.Table<T>();
        var before = table.Find(entity.Tenant, entity.Key);
        if ((expectedVersion is { } expected && expected != (before?.Version ?? 0)) || table.IsTaken(entity))
        {
            return false;
        }

        table.Replace(before, new Versioned<T>(entity, (before?.Version ?? 0) + 1));
        undo.Push(() => table.Replace(table.Find(entity.Tenant, entity.Key), before));
        return true;
    }

    public bool Delete<T>(TenantId tenant, string key, long? expectedVersion)
        where T : class, IEntity<T>
    {
        var table = image.Table<T>();
        var before = table.Find(tenant, key);
        if (expectedVersion is { } expected && expected != (before?.Version ?? 0))
        {
            return false;
        }

        table.Replace(before, null);
        undo.Push(() => table.Replace(null, before));
        return true;
    }
}

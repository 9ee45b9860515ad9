using System.Text.Json;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Writes an entity and the values of its indexes down.</summary>
internal sealed class EntityImprinter : IEntityChangeVisitor<EntityImprint>
{
    public static EntityImprinter Instance { get; } = new();

    public EntityImprint Put<T>(T entity, long? expectedVersion)
        where T : class, IEntity<T>
    {
        var id = new EntityId(T.Schema.Name, entity.Tenant.Value, entity.Key);
        var values = new List<(EntityValue, bool)>();
        foreach (var index in T.Schema.Indexes)
        {
            var texts = index.Type == EntityIndexType.Text ? index.Values(entity).SelectMany(Words.Of) : index.Values(entity);
            values.AddRange(texts.Distinct(StringComparer.Ordinal)
                .Select(text => (new EntityValue(id.Schema, index.Name, id.Tenant, text), index.Type == EntityIndexType.Unique)));
        }

        return new EntityImprint(id, expectedVersion, JsonSerializer.SerializeToUtf8Bytes(entity, T.Schema.Json), values);
    }

    public EntityImprint Delete<T>(TenantId tenant, string key, long? expectedVersion)
        where T : class, IEntity<T> => new(new EntityId(T.Schema.Name, tenant.Value, key), expectedVersion, null, []);
}

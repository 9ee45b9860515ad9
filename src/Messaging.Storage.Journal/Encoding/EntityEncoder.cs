using System.Buffers.Binary;
using System.Text.Json;

namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes entities as JSON under their schema's name, which is all that is needed to read them back.</summary>
internal sealed class EntityEncoder(RecordBuffer record) : IEntityChangeVisitor<bool>
{
    public bool Put<T>(T entity, long? expectedVersion)
        where T : class, IEntity<T>
    {
        Begin(T.Schema.Name, entity.Tenant, entity.Key);
        var place = record.Length;
        record.Take(sizeof(int));
        using (var json = new Utf8JsonWriter(record, new JsonWriterOptions { SkipValidation = true, Encoder = T.Schema.Json.Options.Encoder }))
        {
            JsonSerializer.Serialize(json, entity, T.Schema.Json);
        }

        BinaryPrimitives.WriteInt32LittleEndian(record.Bytes.AsSpan(place), record.Length - place - sizeof(int));
        return true;
    }

    public bool Delete<T>(TenantId tenant, string key, long? expectedVersion)
        where T : class, IEntity<T>
    {
        Begin(T.Schema.Name, tenant, key);
        record.Body([]);
        return true;
    }

    private void Begin(string schema, TenantId tenant, string key)
    {
        record.Text(schema);
        record.Text(tenant.Value);
        record.Body(System.Text.Encoding.UTF8.GetBytes(key));
    }
}

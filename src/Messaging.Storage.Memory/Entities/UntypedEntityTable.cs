namespace Messaging.Storage.Memory;

/// <summary>Entities that were read back before anybody named their type: key and JSON, no indexes. Not thread safe.</summary>
internal sealed class UntypedEntityTable(SlabHeap heap, RecordWriter writer) : IEntityTable
{
    public Type EntityType => typeof(object);

    public EntityRows Rows { get; } = new(heap, writer, 0);

    /// <summary>Writes or, without JSON, removes an entity.</summary>
    public void Write(int tenant, ReadOnlySpan<byte> key, ReadOnlySpan<byte> json, long version)
    {
        var row = Rows.Find(tenant, key);
        if (!json.IsEmpty)
        {
            version = version != 0 ? version : (row == 0 ? 0 : Rows[row].Version) + 1;
            Rows.Write(new EntityImprint(tenant, key.ToArray(), json.ToArray(), []) { Version = version });
        }
        else if (row != 0)
        {
            Rows.Remove(row);
        }
    }

    /// <summary>Gives everything to the table that knows the type; indexes are made as the schema is now.</summary>
    public void MoveTo<T>(EntityTable<T> table)
        where T : class, IEntity<T>
    {
        foreach (var row in Rows.All().ToArray())
        {
            var imprint = Rows.Imprint(row);
            table.Rows.Write(table.Imprint(imprint.Tenant, imprint.Key, imprint.Json, imprint.Version));
            Rows.Remove(row);
        }
    }

    public bool IsTaken(EntityImprint imprint) => false;

    public void Forget(int row)
    {
        // Nothing is read here, so nothing is remembered.
    }
}

using System.Collections.Concurrent;

namespace Messaging.Storage.Memory;

/// <summary>All entities, by schema. Not thread safe but for <see cref="TryFindKnown"/>: the store's lock guards it.</summary>
internal sealed class EntityImage
{
    private readonly ConcurrentDictionary<string, IEntityTable> _tables = new(StringComparer.Ordinal);
    private readonly SlabHeap _heap = new();
    private readonly RecordWriter _record = new();
    private readonly TenantTable _tenants;
    private readonly EntityWriter _writer;

    public EntityImage(TenantTable tenants)
    {
        _tenants = tenants;
        _writer = new EntityWriter(this, tenants);
    }

    /// <summary>Gets how many bytes the entities and the values of their indexes take.</summary>
    public long Size => _heap.Size;

    public EntityTable<T> Table<T>()
        where T : class, IEntity<T>
    {
        if (_tables.TryGetValue(T.Schema.Name, out var table) && table is not UntypedEntityTable)
        {
            return table as EntityTable<T> ?? throw new InvalidOperationException(
                $"Two entity types use the schema name '{T.Schema.Name}': {typeof(T)} and {table.EntityType}. Give one of them another name.");
        }

        var added = new EntityTable<T>(_heap, _record, _tenants);
        (table as UntypedEntityTable)?.MoveTo(added);
        _tables[T.Schema.Name] = added;
        return added;
    }

    /// <summary>Finds an entity that somebody asked for lately, or says that it was not there, without the store's lock.</summary>
    /// <returns><see langword="false"/> when that is not known.</returns>
    public bool TryFindKnown<T>(TenantId tenant, string key, out Versioned<T>? entity)
        where T : class, IEntity<T>
    {
        entity = null;
        return _tables.TryGetValue(T.Schema.Name, out var table) && table is EntityTable<T> typed && typed.TryFindKnown(tenant, key, out entity);
    }

    /// <summary>Writes again what was written before, without asking whether it may be. The entity's type is not known yet.</summary>
    /// <param name="schema">The schema's name.</param>
    /// <param name="tenant">The owner.</param>
    /// <param name="key">The key, as UTF-8.</param>
    /// <param name="json">The entity; empty when it was removed.</param>
    /// <param name="version">The version; 0 for the next.</param>
    public void WriteAgain(string schema, TenantId tenant, ReadOnlySpan<byte> key, ReadOnlySpan<byte> json, long version = 0)
    {
        if (!_tables.TryGetValue(schema, out var table))
        {
            _tables[schema] = table = new UntypedEntityTable(_heap, _record);
        }

        ((UntypedEntityTable)table).Write(_tenants.Add(tenant), key, json, version);
    }

    /// <summary>Lists all entities, as JSON.</summary>
    public IEnumerable<(string Schema, byte[] Json)> All()
    {
        foreach (var (schema, table) in _tables)
        {
            foreach (var row in table.Rows.All())
            {
                yield return (schema, table.Rows.JsonOf(row).ToArray());
            }
        }
    }

    /// <summary>Returns all entities as they stand now, as JSON: indexes are made anew once somebody asks for a type.</summary>
    public Action<BinaryWriter> Freeze()
    {
        var slabs = _heap.Freeze();
        var tables = _tables.Select(table => (table.Key, Rows: table.Value.Rows.Freeze())).ToArray();
        return writer =>
        {
            writer.Write(tables.Length);
            foreach (var (schema, rows) in tables)
            {
                writer.Write(schema);
                Write(writer, rows, slabs);
            }
        };
    }

    public void Thaw()
    {
        foreach (var table in _tables.Values)
        {
            table.Rows.Thaw();
        }
    }

    public void Load(BinaryReader reader)
    {
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var schema = reader.ReadString();
            for (var tenant = reader.ReadInt32(); tenant != 0; tenant = reader.ReadInt32())
            {
                var version = reader.ReadInt64();
                var (key, json) = (reader.ReadRaw<byte>(), reader.ReadRaw<byte>());
                WriteAgain(schema, _tenants[tenant], key, json, version);
            }
        }
    }

    private static void Write(BinaryWriter writer, FrozenRows<EntityRow> rows, FrozenSlabs slabs)
    {
        for (var row = 1; row < rows.End; row++)
        {
            ref readonly var entity = ref rows[row];
            if (entity.Body == 0)
            {
                continue;
            }

            writer.Write(entity.Tenant);
            writer.Write(entity.Version);
            var record = slabs.Read(entity.Body);
            var key = new RecordReader(record).Utf8();
            writer.WriteRaw(key);
            writer.WriteRaw(record[(sizeof(int) + key.Length)..]);
        }

        writer.Write(0);
    }

    /// <summary>Applies writes in order: all, or none.</summary>
    public bool TryApply(IReadOnlyList<EntityChange> changes) => _writer.TryWrite(changes);

    public Page<Versioned<T>> Find<T>(EntityQuery query)
        where T : class, IEntity<T> => new EntitySearch<T>(Table<T>(), _tenants, query).Run();
}

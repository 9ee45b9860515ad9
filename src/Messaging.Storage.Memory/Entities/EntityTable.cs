using System.Text;
using System.Text.Json;

namespace Messaging.Storage.Memory;

/// <summary>The entities of one schema. They are kept as JSON, as any store keeps them; what was read lately is kept as it was read. Not thread safe but for <see cref="TryFindKnown"/>.</summary>
internal sealed class EntityTable<T> : IEntityTable
    where T : class, IEntity<T>
{
    private const int Remembered = 512;

    private readonly EntitySchema<T> _schema = T.Schema;
    private readonly TenantTable _tenants;
    private readonly KnownEntities<T> _known = new();
    private readonly (int Row, Versioned<T>? Entity)[] _lately = new (int, Versioned<T>?)[Remembered];

    public EntityTable(SlabHeap heap, RecordWriter writer, TenantTable tenants)
    {
        _tenants = tenants;
        Rows = new EntityRows(heap, writer, _schema.Indexes.Count);
    }

    public Type EntityType => typeof(T);

    public EntityRows Rows { get; }

    public EntitySchema<T> Schema => _schema;

    /// <summary>Finds what is known already, or known not to be there.</summary>
    public bool TryFindKnown(TenantId tenant, string key, out Versioned<T>? entity) => _known.TryFind(tenant, key, out entity);

    public Versioned<T>? Find(TenantId tenant, string key)
    {
        var found = _tenants.Find(tenant) is var number && number > 0 && Find(number, key) is var row && row != 0 ? Read(row) : null;
        _known.Learn(tenant, key, found);
        return found;
    }

    public Versioned<T> Read(int row)
    {
        ref var lately = ref _lately[row % Remembered];
        if (lately.Row == row && lately.Entity is { } read && read.Version == Rows[row].Version)
        {
            return read;
        }

        var entity = JsonSerializer.Deserialize(Rows.JsonOf(row), _schema.Json)
            ?? throw new InvalidOperationException($"An entity of the schema '{_schema.Name}' reads as null. Its JSON contract does not write what it reads.");
        lately = (row, new Versioned<T>(entity, Rows[row].Version));
        return lately.Entity!;
    }

    public void Forget(int row)
    {
        _lately[row % Remembered] = default;
        _known.Forget(_tenants[Rows[row].Tenant], Encoding.UTF8.GetString(Rows.KeyOf(row)));
    }

    /// <summary>Makes what is kept of an entity, and changes nothing.</summary>
    public EntityImprint Imprint(T entity)
    {
        var values = ValuesOf(entity);
        return new EntityImprint(_tenants.Add(entity.Tenant), Encoding.UTF8.GetBytes(entity.Key), JsonSerializer.SerializeToUtf8Bytes(entity, _schema.Json), values);
    }

    /// <summary>Makes what is kept of an entity whose JSON and version are known.</summary>
    public EntityImprint Imprint(int tenant, byte[] key, byte[] json, long version)
    {
        var entity = JsonSerializer.Deserialize(json, _schema.Json)
            ?? throw new InvalidOperationException($"An entity of the schema '{_schema.Name}' reads as null. Its JSON contract does not write what it reads.");
        return new EntityImprint(tenant, key, json, ValuesOf(entity)) { Version = version };
    }

    public bool IsTaken(EntityImprint imprint)
    {
        foreach (var (index, value) in imprint.Values)
        {
            if (_schema.Indexes[index].Type == EntityIndexType.Unique && Rows.Order(index).IsTaken(imprint.Tenant, value, imprint.Key))
            {
                return true;
            }
        }

        return false;
    }

    private int Find(int tenant, string key)
    {
        // Gates look for the same few keys with every message.
        Span<byte> utf8 = stackalloc byte[256];
        return Rows.Find(tenant, Encoding.UTF8.TryGetBytes(key, utf8, out var length) ? utf8[..length] : Encoding.UTF8.GetBytes(key));
    }

    private List<(int, byte[])> ValuesOf(T entity)
    {
        var values = new List<(int, byte[])>();
        for (var index = 0; index < _schema.Indexes.Count; index++)
        {
            AddValues(entity, index, values);
        }

        return values;
    }

    private void AddValues(T entity, int index, List<(int, byte[])> values)
    {
        var found = _schema.Indexes[index].Values(entity);
        if (_schema.Indexes[index].Type == EntityIndexType.Text)
        {
            found = found.SelectMany(Words.Of);
        }

        foreach (var value in found.Distinct(StringComparer.Ordinal))
        {
            values.Add((index, Encoding.UTF8.GetBytes(value)));
        }
    }
}

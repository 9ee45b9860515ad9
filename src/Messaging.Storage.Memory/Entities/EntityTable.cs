namespace Messaging.Storage.Memory;

/// <summary>The entities of one schema, found by key and by index.</summary>
internal sealed class EntityTable<T> : IEntityTable
    where T : class, IEntity<T>
{
    private readonly Dictionary<(TenantId Tenant, string Key), Versioned<T>> _rows = [];
    private readonly SortedSet<EntityKey> _keys = [];
    private readonly EntityIndexTable<T>[] _indexes = [.. T.Schema.Indexes.Select(index => new EntityIndexTable<T>(index))];

    public Type EntityType => typeof(T);

    public Versioned<T>? Find(TenantId tenant, string key) => _rows.GetValueOrDefault((tenant, key));

    /// <summary>Returns whether another entity of the tenant has a value that only one may have.</summary>
    public bool IsTaken(T entity) => _indexes.Any(index => index.IsTaken(entity));

    public void Replace(Versioned<T>? before, Versioned<T>? after)
    {
        if (before?.Value is { } old)
        {
            _rows.Remove((old.Tenant, old.Key));
            _keys.Remove(new("", old.Tenant.Value, old.Key));
            Array.ForEach(_indexes, index => index.Remove(old));
        }

        if (after?.Value is { } entity)
        {
            _rows.Add((entity.Tenant, entity.Key), after);
            _keys.Add(new("", entity.Tenant.Value, entity.Key));
            Array.ForEach(_indexes, index => index.Add(entity));
        }
    }

    public Page<Versioned<T>> Find(EntityQuery query)
    {
        var found = query.Index is null ? ByKey(query) : Index(query.Index).Find(query);
        if (query.Cursor is { } cursor)
        {
            var last = EntityCursor.Read(cursor);
            found = found.SkipWhile(key => query.Descending ? key.CompareTo(last) >= 0 : key.CompareTo(last) <= 0);
        }

        var page = found.Take(query.Limit + 1).ToList();
        var next = page.Count > query.Limit ? EntityCursor.Write(page[query.Limit - 1]) : null;
        return new([.. page.Take(query.Limit).Select(key => _rows[(new TenantId(key.Tenant), key.Key)])], next);
    }

    private IEnumerable<EntityKey> ByKey(EntityQuery query)
    {
        var keys = query.Descending ? _keys.Reverse() : _keys;
        return keys.Where(key => (query.Tenant is not { } tenant || tenant.Value == key.Tenant) && (query.Values.Count == 0 || query.Values.Contains(key.Key)));
    }

    private EntityIndexTable<T> Index(string name) =>
        _indexes.FirstOrDefault(index => index.Name == name) ?? throw new ArgumentException(
            $"The schema '{T.Schema.Name}' has no index '{name}'. It has: {string.Join(", ", _indexes.Select(index => index.Name))}.", nameof(name));
}

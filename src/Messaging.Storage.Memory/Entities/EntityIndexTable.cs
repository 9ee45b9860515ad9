namespace Messaging.Storage.Memory;

/// <summary>One index of one schema.</summary>
internal sealed class EntityIndexTable<T>(EntityIndex<T> index)
    where T : class, IEntity<T>
{
    private static readonly EntityKey End = new("\uffff", "", "");

    private readonly SortedSet<EntityKey> _entries = [];

    public string Name => index.Name;

    public bool IsTaken(T entity) => index.Type == EntityIndexType.Unique
        && ValuesOf(entity).Any(value => Between(value, entity.Tenant.Value).Any(entry => entry.Key != entity.Key));

    public void Add(T entity)
    {
        foreach (var value in ValuesOf(entity))
        {
            _entries.Add(new(value, entity.Tenant.Value, entity.Key));
        }
    }

    public void Remove(T entity)
    {
        foreach (var value in ValuesOf(entity))
        {
            _entries.Remove(new(value, entity.Tenant.Value, entity.Key));
        }
    }

    public IEnumerable<EntityKey> Find(EntityQuery query)
    {
        if (index.Type == EntityIndexType.Sorted && query.Values.Count == 0)
        {
            return InOrder(query);
        }

        var found = Matching(query).Where(entry => query.Tenant is not { } tenant || entry.Tenant == tenant.Value);
        var ordered = index.Type == EntityIndexType.Sorted ? found : found.Select(entry => entry with { Value = "" });
        return query.Descending ? ordered.Distinct().OrderDescending() : ordered.Distinct().Order();
    }

    /// <summary>A page of a long index costs what the page is long: nothing is sorted that is sorted already.</summary>
    private IEnumerable<EntityKey> InOrder(EntityQuery query) =>
        (query.Descending ? _entries.Reverse() : _entries).Where(entry => query.Tenant is not { } tenant || entry.Tenant == tenant.Value);

    private IEnumerable<EntityKey> Matching(EntityQuery query) => (index.Type, query.Values.Count) switch
    {
        (_, 0) => _entries,
        (EntityIndexType.Text, _) => query.Values.SelectMany(StartingWith),
        _ => query.Values.SelectMany(Equal),
    };

    private IEnumerable<EntityKey> Equal(string value) => _entries.GetViewBetween(new(value, "", ""), End).TakeWhile(entry => entry.Value == value);

    private IEnumerable<EntityKey> Between(string value, string tenant) =>
        _entries.GetViewBetween(new(value, tenant, ""), End).TakeWhile(entry => entry.Value == value && entry.Tenant == tenant);

    /// <summary>The entities that have words beginning with every word of the text.</summary>
    private IEnumerable<EntityKey> StartingWith(string text)
    {
        IEnumerable<EntityKey>? found = null;
        foreach (var word in Words.Of(text))
        {
            var hits = _entries.GetViewBetween(new(word, "", ""), End)
                .TakeWhile(entry => entry.Value.StartsWith(word, StringComparison.Ordinal))
                .Select(entry => entry with { Value = "" });
            found = found?.Intersect(hits) ?? hits;
        }

        return found ?? [];
    }

    private IEnumerable<string> ValuesOf(T entity) =>
        index.Type == EntityIndexType.Text ? index.Values(entity).SelectMany(Words.Of) : index.Values(entity);
}

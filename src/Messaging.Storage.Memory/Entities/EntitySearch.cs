using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>Lists entities for one query. What an index holds in the asked-for order is read from there, from the cursor on.</summary>
internal sealed class EntitySearch<T>(EntityTable<T> table, TenantTable tenants, EntityQuery query)
    where T : class, IEntity<T>
{
    private readonly EntityWalks _walks = new(table.Rows, tenants, query.Tenant is { } id ? tenants.Find(id) : 0, query.Descending);

    public Page<Versioned<T>> Run()
    {
        var cursor = query.Cursor is { } text ? EntityCursor.Read(text) : null;
        var index = query.Index is { } name ? IndexOf(name) : -1;
        var found = _walks.Tenant < 0 ? [] : index < 0 ? ByKey(cursor) : ByIndex(index, table.Schema.Indexes[index].Type, cursor);
        return Page(found);
    }

    private Page<Versioned<T>> Page(IEnumerable<EntityHit> found)
    {
        var items = new List<Versioned<T>>(Math.Min(query.Limit, 100));
        EntityHit last = default;
        foreach (var hit in found)
        {
            if (items.Count == query.Limit)
            {
                return new(items, _walks.CursorAt(last));
            }

            items.Add(table.Read(hit.Row));
            last = hit;
        }

        return new(items, null);
    }

    private IEnumerable<EntityHit> ByKey(EntityCursor? cursor)
    {
        var after = EntityPlace.Of(cursor, tenants);
        return query.Values.Count == 0
            ? _walks.Keys(after)
            : _walks.Ordered(_walks.Owners.SelectMany(owner => query.Values.Select(key => table.Rows.Find(owner, Encoding.UTF8.GetBytes(key)))), after);
    }

    private IEnumerable<EntityHit> ByIndex(int index, EntityIndexType type, EntityCursor? cursor)
    {
        var after = EntityPlace.Of(cursor, tenants);
        return (type, query.Values) switch
        {
            (EntityIndexType.Sorted, { Count: 0 }) => _walks.Entries(index, cursor, after),
            (EntityIndexType.Sorted, _) => Sorted(index, cursor, after),
            (_, { Count: 0 }) => _walks.Keys(after).Where(hit => table.Rows.Has(hit.Row, index)),
            (EntityIndexType.Text, _) => _walks.Ordered(query.Values.SelectMany(value => WithWords(value, index)), after),
            (_, [var value]) when _walks.Tenant > 0 => _walks.Equal(Encoding.UTF8.GetBytes(value), index, after).Select(row => new EntityHit(row, 0)),
            _ => _walks.Ordered(query.Values.SelectMany(value => _walks.Equal(Encoding.UTF8.GetBytes(value), index, null)), after),
        };
    }

    /// <summary>Lists what has one of several values, by value and then by key.</summary>
    private IEnumerable<EntityHit> Sorted(int index, EntityCursor? cursor, EntityPlace? after)
    {
        var values = query.Values.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes).ToList();
        values.Sort((a, b) => query.Descending ? b.AsSpan().SequenceCompareTo(a) : a.AsSpan().SequenceCompareTo(b));
        var from = cursor is null ? null : Encoding.UTF8.GetBytes(cursor.Value);
        foreach (var value in values)
        {
            var order = from is null ? 1 : query.Descending ? from.AsSpan().SequenceCompareTo(value) : value.AsSpan().SequenceCompareTo(from);
            var rows = order < 0 ? [] : _walks.Equal(value, index, order == 0 ? after : null);
            foreach (var row in rows)
            {
                yield return new EntityHit(row, table.Rows.Entry(row, index));
            }
        }
    }

    /// <summary>Finds the entities that have words beginning with every word of the text.</summary>
    private HashSet<int> WithWords(string text, int index)
    {
        HashSet<int>? found = null;
        foreach (var word in Words.Of(text))
        {
            var hits = _walks.StartingWith(Encoding.UTF8.GetBytes(word), index).ToHashSet();
            found?.IntersectWith(hits);
            found ??= hits;
        }

        return found ?? [];
    }

    private int IndexOf(string name)
    {
        var indexes = table.Schema.Indexes;
        for (var i = 0; i < indexes.Count; i++)
        {
            if (indexes[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException(
            $"The schema '{table.Schema.Name}' has no index '{name}'. It has: {string.Join(", ", indexes.Select(index => index.Name))}.", nameof(name));
    }
}

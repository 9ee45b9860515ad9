using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>The ways through the entities of one schema, of one tenant or of all (0), up or down.</summary>
internal sealed class EntityWalks(EntityRows rows, TenantTable tenants, int tenant, bool descending)
{
    private static readonly byte[] Nothing = [];

    /// <summary>Gets the tenant; 0 for all, -1 when it has nothing.</summary>
    public int Tenant => tenant;

    public IEnumerable<int> Owners => tenant > 0 ? [tenant] : Enumerable.Range(1, tenants.Rows.End - 1);

    public string CursorAt(EntityHit hit) => EntityCursor.Write(
        hit.Entry == 0 ? "" : Encoding.UTF8.GetString(rows.ValueOf(hit.Entry)),
        tenants[rows[hit.Row].Tenant].Value,
        Encoding.UTF8.GetString(rows.KeyOf(hit.Row)));

    /// <summary>Walks the keys.</summary>
    public IEnumerable<EntityHit> Keys(EntityPlace? after)
    {
        var from = after ?? new EntityPlace(!descending ? tenant : tenant > 0 ? tenant + 1 : int.MaxValue, Nothing);
        return rows.FromKey(from.Tenant, from.Key, descending)
            .TakeWhile(row => tenant == 0 || rows[row].Tenant == tenant)
            .Where(row => after is null || !after.Is(rows, row))
            .Select(row => new EntityHit(row, 0));
    }

    /// <summary>Walks a whole index in its order.</summary>
    public IEnumerable<EntityHit> Entries(int index, EntityCursor? cursor, EntityPlace? after)
    {
        var order = rows.Order(index);
        var value = cursor is null ? Nothing : Encoding.UTF8.GetBytes(cursor.Value);
        var entries = (tenant > 0, after) switch
        {
            (true, null) => order.From(descending ? tenant + 1 : tenant, Nothing, Nothing, descending),
            (true, _) => order.From(tenant, value, after.Key, descending),
            (false, null) => descending ? order.Last() : order.FromAll(0, Nothing, Nothing, false),
            (false, _) => order.FromAll(after.Tenant, value, after.Key, descending),
        };
        return entries
            .Select(entry => new EntityHit(rows.EntityOf(entry), entry))
            .TakeWhile(hit => tenant == 0 || rows[hit.Row].Tenant == tenant)
            .Where(hit => after is null || !after.Is(rows, hit.Row) || !rows.ValueOf(hit.Entry).SequenceEqual(value));
    }

    /// <summary>Lists what has exactly one value, by tenant and key.</summary>
    public IEnumerable<int> Equal(byte[] value, int index, EntityPlace? after)
    {
        var order = rows.Order(index);

        // Downwards it begins behind the last: no text comes between a value and the same with a zero behind it.
        var (owner, from, key) = after is not null ? (after.Tenant, value, after.Key) : descending ? (tenant, [.. value, 0], Nothing) : (tenant, value, Nothing);
        var entries = tenant > 0 ? order.From(owner, from, key, descending) : order.FromAll(owner, from, key, descending);
        return entries
            .TakeWhile(entry => rows.ValueOf(entry).SequenceEqual(value) && (tenant == 0 || rows[rows.EntityOf(entry)].Tenant == tenant))
            .Select(rows.EntityOf)
            .Where(row => after is null || !after.Is(rows, row));
    }

    /// <summary>Lists what has a word that begins so; some more than once.</summary>
    public IEnumerable<int> StartingWith(byte[] word, int index) => Owners.SelectMany(owner => rows.Order(index)
        .From(owner, word, Nothing, descending: false)
        .TakeWhile(entry => rows[rows.EntityOf(entry)].Tenant == owner && rows.ValueOf(entry).StartsWith(word))
        .Select(rows.EntityOf));

    /// <summary>Puts what was found here and there in the order of keys, each once, and leaves out what comes before the place.</summary>
    public IEnumerable<EntityHit> Ordered(IEnumerable<int> found, EntityPlace? after)
    {
        var hits = found.Where(row => row != 0 && (after is null || Follows(row, after))).Distinct().ToList();
        hits.Sort((a, b) => descending ? Compare(b, a) : Compare(a, b));
        return hits.Select(row => new EntityHit(row, 0));
    }

    private bool Follows(int row, EntityPlace after) => after.CompareTo(rows, row) is var order && (descending ? order > 0 : order < 0);

    private int Compare(int a, int b)
    {
        var order = rows[a].Tenant.CompareTo(rows[b].Tenant);
        return order != 0 ? order : rows.KeyOf(a).SequenceCompareTo(rows.KeyOf(b));
    }
}

using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>A place in the order of keys.</summary>
internal sealed record EntityPlace(int Tenant, byte[] Key)
{
    /// <summary>Returns where a page ended.</summary>
    public static EntityPlace? Of(EntityCursor? cursor, TenantTable tenants) =>
        cursor is null ? null : new(tenants.Find(new TenantId(cursor.Tenant)), Encoding.UTF8.GetBytes(cursor.Key));

    public bool Is(EntityRows rows, int row) => rows[row].Tenant == Tenant && rows.KeyOf(row).SequenceEqual(Key);

    /// <summary>Compares the place with that of a row: negative when it comes before.</summary>
    public int CompareTo(EntityRows rows, int row)
    {
        var order = Tenant.CompareTo(rows[row].Tenant);
        return order != 0 ? order : Key.AsSpan().SequenceCompareTo(rows.KeyOf(row));
    }
}

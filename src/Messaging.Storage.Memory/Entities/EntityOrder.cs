namespace Messaging.Storage.Memory;

/// <summary>The entries of one index in two orders: within each tenant by value, and over all tenants by value; equal values go by key. Not thread safe.</summary>
internal sealed class EntityOrder(EntityRows rows)
{
    private readonly SortedRows _ofTenants = new();
    private readonly SortedRows _ofAll = new();

    public void Add(int entry)
    {
        _ofTenants.Add(ProbeOf(entry, byTenant: true), entry);
        _ofAll.Add(ProbeOf(entry, byTenant: false), entry);
    }

    public void Remove(int entry)
    {
        _ofTenants.Remove(ProbeOf(entry, byTenant: true));
        _ofAll.Remove(ProbeOf(entry, byTenant: false));
    }

    /// <summary>Returns whether another entity of the tenant has the value.</summary>
    public bool IsTaken(int tenant, byte[] value, byte[] key)
    {
        foreach (var entry in From(tenant, value, [], descending: false))
        {
            return rows[rows.EntityOf(entry)].Tenant == tenant
                && rows.ValueOf(entry).SequenceEqual(value)
                && !rows.KeyOf(rows.EntityOf(entry)).SequenceEqual(key);
        }

        return false;
    }

    /// <summary>Lists entries of one tenant, and then of those after it, from a value and key on or back from it.</summary>
    public IEnumerable<int> From(int tenant, byte[] value, byte[] key, bool descending)
    {
        var place = _ofTenants.Seek(new Probe(rows, true, tenant, value, key));
        return descending ? _ofTenants.Before(place) : _ofTenants.From(place);
    }

    /// <summary>Lists entries of all tenants, from a value, tenant and key on or back from it.</summary>
    public IEnumerable<int> FromAll(int tenant, byte[] value, byte[] key, bool descending)
    {
        var place = _ofAll.Seek(new Probe(rows, false, tenant, value, key));
        return descending ? _ofAll.Before(place) : _ofAll.From(place);
    }

    /// <summary>Lists entries of all tenants, back from the last.</summary>
    public IEnumerable<int> Last() => _ofAll.Downwards();

    private Probe ProbeOf(int entry, bool byTenant)
    {
        var entity = rows.EntityOf(entry);
        return new Probe(rows, byTenant, rows[entity].Tenant, rows.ValueOf(entry), rows.KeyOf(entity));
    }

    private readonly ref struct Probe(EntityRows rows, bool byTenant, int tenant, ReadOnlySpan<byte> value, ReadOnlySpan<byte> key) : IRowProbe
    {
        private readonly ReadOnlySpan<byte> _value = value;
        private readonly ReadOnlySpan<byte> _key = key;

        public int CompareTo(int entry)
        {
            var entity = rows.EntityOf(entry);
            var ofTenant = tenant.CompareTo(rows[entity].Tenant);
            var order = byTenant ? ofTenant : 0;
            order = order != 0 ? order : _value.SequenceCompareTo(rows.ValueOf(entry));
            order = order != 0 ? order : ofTenant;
            return order != 0 ? order : _key.SequenceCompareTo(rows.KeyOf(entity));
        }
    }
}

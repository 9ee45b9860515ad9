namespace Messaging.Storage.Memory;

/// <summary>The tenants that were ever seen, by name. Not thread safe.</summary>
internal sealed class TenantTable
{
    private readonly Names _names = new();

    public RowTable<TenantRow> Rows { get; } = new();

    public TenantId this[int tenant] => new(_names[tenant]!);

    /// <summary>Lists the tenants that ever came.</summary>
    public IEnumerable<TenantId> All() => Enumerable.Range(1, Rows.End - 1).Select(tenant => this[tenant]);

    public ref TenantRow Row(int tenant) => ref Rows[tenant];

    public Action<BinaryWriter> Freeze() => _names.Freeze() + Rows.Freeze().Write;

    public void Load(BinaryReader reader)
    {
        _names.Load(reader);
        Rows.Load(reader);
    }

    /// <summary>Returns the tenant's row; -1 when it never came.</summary>
    public int Find(TenantId tenant) => tenant.Value is { } name ? _names.Find(name) : -1;

    /// <summary>Returns the tenant's row, a new one if need be.</summary>
    public int Add(TenantId tenant)
    {
        var number = _names.Add(tenant.Value);
        return number < Rows.End ? number : Rows.Add();
    }
}

using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>Deliveries, found by id, item, message, reference, contact and address. Not thread safe.</summary>
internal sealed partial class DeliveryTable(SlabHeap records, MessageTable messages, TenantTable tenants, bool hasPages)
{
    /// <summary>64 rows are a page of 10.5 KiB.</summary>
    private const int PageBits = 6;

    private readonly RowIndex _byId = new();
    private readonly RowIndex _byItem = new();
    private ChainIndex<LinkFields.Reference>? _byReference;
    private ChainIndex<LinkFields.Contact>? _byContact;
    private ChainIndex<LinkFields.Address>? _byAddress;
    private long _number;

    public RowTable<DeliveryRow> Rows { get; } = new(hasPages ? PageBits : RowTable<DeliveryRow>.UsualBits);

    private ChainIndex<LinkFields.Reference> ByReference => _byReference ??= new(Rows);

    private ChainIndex<LinkFields.Contact> ByContact => _byContact ??= new(Rows);

    private ChainIndex<LinkFields.Address> ByAddress => _byAddress ??= new(Rows);

    public ref DeliveryRow this[int row] => ref Rows[row];

    public int TenantOf(int row) => messages[Rows[row].Message].Tenant;

    public Facts FactsOf(int row) => new(records.Read(Rows[row].Facts));

    /// <summary>Returns the delivery; 0 when it is not there.</summary>
    public int Find(Guid id) => _byId.Find(SeededHash.Of(id), new IdKey(Rows, id));

    /// <summary>Returns the delivery of a tenant; 0 when that has none of this id.</summary>
    public int Find(TenantId tenant, DeliveryId id) => Find(id.Value) is var row && row != 0 && TenantOf(row) == tenants.Find(tenant) ? row : 0;

    /// <summary>Returns the item of a bulk; 0 when it is not there.</summary>
    public int FindItem(int message, UInt128 item) => _byItem.Find(SeededHash.Of(item, (ulong)message), new ItemKey(this, message, item));

    /// <summary>Returns the newest delivery with a reference; 0 when there is none.</summary>
    public int FindReference(int tenant, string reference)
    {
        var utf8 = Encoding.UTF8.GetBytes(reference);
        return ByReference.Find(SeededHash.Of(utf8, (ulong)tenant), new ReferenceKey(this, tenant, utf8));
    }

    /// <summary>Returns the newest delivery to a contact; 0 when there is none.</summary>
    public int FindContact(int tenant, ContactId contact) =>
        ByContact.Find(SeededHash.Of(contact.Value, (ulong)tenant), new ContactKey(this, tenant, contact.Value));

    /// <summary>Returns the newest delivery to an address; 0 when there is none.</summary>
    public int FindAddress(int tenant, int kind, string address)
    {
        var utf8 = Encoding.UTF8.GetBytes(address);
        return ByAddress.Find(SeededHash.Of(utf8, AddressSalt(tenant, kind)), new AddressKey(this, tenant, kind, utf8));
    }

    /// <summary>Adds a row for a delivery of a message, as its tenant's and message's newest, into every index.</summary>
    public int Add(Guid id, int message, long facts)
    {
        var row = Rows.Add();
        ref var added = ref Rows[row];
        (added.Id, added.Message, added.Facts, added.Number) = (id, message, facts, ++_number);
        _byId.Add(SeededHash.Of(id), row);
        LinkOwners(row, message);
        Index(row, messages[message].Tenant);
        return row;
    }

    public void Remove(int row)
    {
        _byId.Remove(SeededHash.Of(Rows[row].Id), row);
        Unindex(row, TenantOf(row));
        UnlinkOwners(row);
        records.Free(Rows[row].Facts);
        Rows.Remove(row);
    }

    public ReadOnlySpan<byte> ReferenceUtf8(int row)
    {
        var facts = FactsOf(row);
        return facts.IsReferencedByMessage ? messages.ReferenceUtf8(Rows[row].Message) : facts.OwnReference;
    }

    public string? ReferenceOf(int row)
    {
        var facts = FactsOf(row);
        return facts.IsReferencedByMessage ? messages.ReferenceOf(Rows[row].Message)
            : facts.IsReferenced ? Encoding.UTF8.GetString(facts.OwnReference)
            : null;
    }

    private static ulong AddressSalt(int tenant, int kind) => ((ulong)kind << 32) | (uint)tenant;

    private void LinkOwners(int row, int message)
    {
        ref var owner = ref messages[message];
        Chain<LinkFields.Message>.Prepend(Rows, owner.Newest, row);
        owner.Newest = row;
        owner.Deliveries++;
        ref var tenant = ref tenants.Row(owner.Tenant);
        Chain<LinkFields.Tenant>.Prepend(Rows, tenant.Newest, row);
        tenant.Newest = row;
    }

    private void UnlinkOwners(int row)
    {
        ref var owner = ref messages[Rows[row].Message];
        owner.Deliveries--;
        if (Chain<LinkFields.Message>.Remove(Rows, row) is { Newer: 0 } ofMessage)
        {
            owner.Newest = ofMessage.Older;
        }

        if (Chain<LinkFields.Tenant>.Remove(Rows, row) is { Newer: 0 } ofTenant)
        {
            tenants.Row(owner.Tenant).Newest = ofTenant.Older;
        }
    }

    private void Index(int row, int tenant)
    {
        var facts = FactsOf(row);
        if (facts.ItemHash != 0)
        {
            _byItem.Add(SeededHash.Of(facts.ItemHash, (ulong)Rows[row].Message), row);
        }

        if (facts.IsReferenced)
        {
            var reference = ReferenceUtf8(row);
            ByReference.Add(SeededHash.Of(reference, (ulong)tenant), new ReferenceKey(this, tenant, reference), row);
        }

        if (facts.ContactId is not null)
        {
            ByContact.Add(SeededHash.Of(facts.Contact, (ulong)tenant), new ContactKey(this, tenant, facts.Contact), row);
        }

        ByAddress.Add(SeededHash.Of(facts.Address, AddressSalt(tenant, facts.Kind)), new AddressKey(this, tenant, facts.Kind, facts.Address), row);
    }

    private void Unindex(int row, int tenant)
    {
        var facts = FactsOf(row);
        if (facts.ItemHash != 0)
        {
            _byItem.Remove(SeededHash.Of(facts.ItemHash, (ulong)Rows[row].Message), row);
        }

        if (facts.IsReferenced)
        {
            ByReference.Remove(SeededHash.Of(ReferenceUtf8(row), (ulong)tenant), row);
        }

        if (facts.ContactId is not null)
        {
            ByContact.Remove(SeededHash.Of(facts.Contact, (ulong)tenant), row);
        }

        ByAddress.Remove(SeededHash.Of(facts.Address, AddressSalt(tenant, facts.Kind)), row);
    }

    private readonly struct IdKey(RowTable<DeliveryRow> rows, Guid id) : IRowKey
    {
        public bool Is(int row) => rows[row].Id == id;
    }

    private readonly struct ItemKey(DeliveryTable table, int message, UInt128 item) : IRowKey
    {
        public bool Is(int row) => table.Rows[row].Message == message && table.FactsOf(row).ItemHash == item;
    }

    private readonly ref struct ReferenceKey(DeliveryTable table, int tenant, ReadOnlySpan<byte> reference) : IRowKey
    {
        private readonly ReadOnlySpan<byte> _reference = reference;

        public bool Is(int row) => table.TenantOf(row) == tenant && table.ReferenceUtf8(row).SequenceEqual(_reference);
    }

    private readonly struct ContactKey(DeliveryTable table, int tenant, Guid contact) : IRowKey
    {
        public bool Is(int row) => table.FactsOf(row).Contact == contact && table.TenantOf(row) == tenant;
    }

    private readonly ref struct AddressKey(DeliveryTable table, int tenant, int kind, ReadOnlySpan<byte> address) : IRowKey
    {
        private readonly ReadOnlySpan<byte> _address = address;

        public bool Is(int row) =>
            table.FactsOf(row) is var facts && facts.Kind == kind && facts.Address.SequenceEqual(_address) && table.TenantOf(row) == tenant;
    }
}

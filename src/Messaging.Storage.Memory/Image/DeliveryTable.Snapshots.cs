namespace Messaging.Storage.Memory;

internal sealed partial class DeliveryTable
{
    public Action<BinaryWriter> Freeze()
    {
        var number = _number;
        return Rows.Freeze().Write + (Action<BinaryWriter>)(writer => writer.Write(number));
    }

    public void Load(BinaryReader reader)
    {
        Rows.Load(reader);
        _number = reader.ReadInt64();
    }

    /// <summary>Puts a row that was read into the indexes; of chains, which lie in the rows, the newest stands there.</summary>
    public void IndexAgain(int row)
    {
        var tenant = TenantOf(row);
        ref var delivery = ref Rows[row];
        _byId.Add(SeededHash.Of(delivery.Id), row);
        var facts = FactsOf(row);
        if (facts.ItemHash != 0)
        {
            _byItem.Add(SeededHash.Of(facts.ItemHash, (ulong)delivery.Message), row);
        }

        if (facts.IsReferenced && delivery.OfReference.Newer == 0)
        {
            ByReference.AddNewest(SeededHash.Of(ReferenceUtf8(row), (ulong)tenant), row);
        }

        if (facts.ContactId is not null && delivery.OfContact.Newer == 0)
        {
            ByContact.AddNewest(SeededHash.Of(facts.Contact, (ulong)tenant), row);
        }

        if (delivery.OfAddress.Newer == 0)
        {
            ByAddress.AddNewest(SeededHash.Of(facts.Address, AddressSalt(tenant, facts.Kind)), row);
        }
    }
}

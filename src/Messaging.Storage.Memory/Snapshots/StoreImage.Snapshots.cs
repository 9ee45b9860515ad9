namespace Messaging.Storage.Memory;

internal sealed partial class StoreImage
{
    /// <summary>Gets about how many bytes a snapshot taken now would have: what memory holds of contents, records and rows, all work, and entities.</summary>
    public long SnapshotSize =>
        Payloads.InMemory + Records.InMemory + Messages.Rows.Loaded + Deliveries.Rows.Loaded + Queue.SnapshotSize + Entities.Size;

    /// <summary>Returns everything as it stands now; costs little and copies no rows. One at a time, until <see cref="Thaw"/>.</summary>
    public FrozenImage Freeze() => new(
    [
        KeyHash.Freeze(), Names.Freeze(), Tenants.Freeze(), Records.Freeze().Write, Payloads.Freeze().Write, Messages.Freeze(), Deliveries.Freeze(),
        Counters.Freeze(), Queue.Freeze(), Idempotency.Freeze(), Entities.Freeze(),
    ]);

    /// <summary>Says that nothing needs what was frozen any more.</summary>
    public void Thaw()
    {
        Tenants.Rows.Thaw();
        Messages.Thaw();
        Deliveries.Rows.Thaw();
        Counters.Thaw();
        Queue.Thaw();
        Idempotency.Thaw();
        Entities.Thaw();
    }

    /// <summary>Reads what <see cref="FrozenImage.Write"/> wrote; the image is empty before. What can be found out from rows is not read: indexes are made anew.</summary>
    public void Load(BinaryReader reader, int version)
    {
        KeyHash.Load(reader);
        Names.Load(reader);
        Tenants.Load(reader);
        Records.Load(reader);
        Payloads.Load(reader);
        Messages.Load(reader);
        Deliveries.Load(reader);
        Counters.Load(reader);
        Queue.Load(reader);
        Idempotency.Load(reader, version);
        Entities.Load(reader);
        IndexDeliveries();
    }

    /// <summary>Goes through the rows once: many of them stand in files.</summary>
    private void IndexDeliveries()
    {
        for (var row = 1; row < Deliveries.Rows.End; row++)
        {
            Trim();
            if (Deliveries[row].Number == 0)
            {
                continue;
            }

            Deliveries.IndexAgain(row);
            EventKeys.AddAll(row);
            Receipts.AddAll(row);
            if (Deliveries[row].Has(DeliveryFlags.DeadLetter))
            {
                DeadLetters.Add(Deliveries.TenantOf(row), row);
            }
        }
    }
}

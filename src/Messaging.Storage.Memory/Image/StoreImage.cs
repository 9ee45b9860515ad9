namespace Messaging.Storage.Memory;

/// <summary>All that the store keeps. Not thread safe: the store's lock guards it.</summary>
internal sealed partial class StoreImage
{
    public StoreImage(MemoryStoreOptions options)
    {
        Counters = new StatusCounters(Tenants.Rows, options.KeepStatisticsFor);
        Queue = new WorkQueueImage(Tenants.Rows);
        Stories = new StoryBook(Records, Writer, Names);
        Evidence = new EvidenceCells(Records, Writer);
        Messages = new MessageTable(Payloads, Records, Writer, Names, Tenants, options.HasPages);
        Deliveries = new DeliveryTable(Records, Messages, Tenants, options.HasPages);
        Receipts = new ReceiptIndex(Records, Writer, Names, Counters, Stories, Deliveries.Rows);
        EventKeys = new EventKeys(KeyHash, Stories, Deliveries.Rows);
        Idempotency = new IdempotencyKeys(KeyHash, Tenants, Records, Writer);
        DeadLetters = new DeadLetters(Deliveries.Rows);
        Entities = new EntityImage(Tenants);
    }

    /// <summary>Gets how keys are hashed that are kept as their hash alone.</summary>
    public KeyHash KeyHash { get; } = new();

    /// <summary>Gets bodies: many bytes, let go at settle or with history.</summary>
    public SlabHeap Payloads { get; } = new();

    /// <summary>Gets everything else of varying length.</summary>
    public SlabHeap Records { get; } = new();

    public RecordWriter Writer { get; } = new();

    /// <summary>Gets texts of which there are few: kinds, accounts, categories, templates.</summary>
    public Names Names { get; } = new();

    public TenantTable Tenants { get; } = new();

    public MessageTable Messages { get; }

    public DeliveryTable Deliveries { get; }

    public StatusCounters Counters { get; }

    public WorkQueueImage Queue { get; }

    public StoryBook Stories { get; }

    public EvidenceCells Evidence { get; }

    public ReceiptIndex Receipts { get; }

    public EventKeys EventKeys { get; }

    public IdempotencyKeys Idempotency { get; }

    public DeadLetters DeadLetters { get; }

    public EntityImage Entities { get; }

    /// <summary>Lets go of rows that nobody looked at lately, beyond what memory holds. Between two things that are done: references to rows are not good after it.</summary>
    public void Trim()
    {
        Messages.Rows.Trim();
        Deliveries.Rows.Trim();
    }

    /// <summary>Returns the work that a lease holds; 0 when it holds none any more.</summary>
    public int Held(LeaseToken lease) => Queue.Held(WorkOf(lease.Kind, lease.WorkId), lease.Fence);

    /// <summary>Returns the work of a delivery or item; 0 when it is done or not there.</summary>
    public int WorkOf(WorkKind kind, Guid id)
    {
        if (kind == WorkKind.Deliver)
        {
            return Deliveries.Find(id) is var row && row != 0 ? Deliveries[row].Work : 0;
        }

        return Queue.Items.Find(kind, id) is var item && item != 0 ? Queue.Items[item].Work : 0;
    }

    /// <summary>Puts a delivery on the dead-letter list or takes it off.</summary>
    public void SetDeadLetter(int row, bool value)
    {
        ref var delivery = ref Deliveries[row];
        if (delivery.Has(DeliveryFlags.DeadLetter) == value)
        {
            return;
        }

        delivery.Set(DeliveryFlags.DeadLetter, value);
        if (value)
        {
            DeadLetters.Add(Deliveries.TenantOf(row), row);
        }
        else
        {
            DeadLetters.Remove(Deliveries.TenantOf(row), row);
        }
    }

    /// <summary>Returns a delivery's payload. A sensitive one is copied: the kept one will be overwritten.</summary>
    public ReadOnlyMemory<byte> PayloadOf(in DeliveryRow delivery) =>
        Messages[delivery.Message].Has(MessageFlags.Sensitive) ? Payloads.Read(delivery.Payload).ToArray() : Payloads.Get(delivery.Payload);

    /// <summary>Lets go of a delivery's payload, beyond recovery when it is sensitive.</summary>
    public void FreePayload(ref DeliveryRow delivery)
    {
        if (Messages[delivery.Message].Has(MessageFlags.Sensitive))
        {
            Payloads.Erase(delivery.Payload);
        }
        else
        {
            Payloads.Free(delivery.Payload);
        }

        delivery.Payload = 0;
    }
}

namespace Messaging.Storage.Memory;

/// <summary>Keeps the status of each delivery in its row, and the counters with it.</summary>
internal sealed class StatusKeeper(StoreImage image)
{
    /// <summary>From this many deliveries on, a message has counters of its own; below, a walk is as cheap.</summary>
    private const int CountedFrom = 64;

    /// <summary>Counts a new delivery.</summary>
    public void Start(int row, int kind, int channel)
    {
        ref var delivery = ref image.Deliveries[row];
        delivery.Channel = channel;
        delivery.Bucket = image.Counters.Find(image.Messages[delivery.Message].Tenant, kind, channel, delivery.AcceptedAt);
        delivery.Status = (byte)Project(delivery);
        image.Counters.Use(delivery.Bucket, 1);
        image.Counters.Count(delivery.Bucket, delivery.Status, 1);
        CountMessage(delivery);
    }

    /// <summary>Brings status and counters up to date after a change of work or evidence.</summary>
    public void Update(int row)
    {
        ref var delivery = ref image.Deliveries[row];
        var status = (byte)Project(delivery);
        if (status != delivery.Status)
        {
            Count(delivery, -1);
            delivery.Status = status;
            Count(delivery, 1);
        }
    }

    /// <summary>Notes which account carries the delivery.</summary>
    public void SetAccount(int row, int account)
    {
        ref var delivery = ref image.Deliveries[row];
        delivery.Set(DeliveryFlags.HasAccount, true);
        var bucket = image.Counters[delivery.Bucket];
        if (bucket.Account == account)
        {
            return;
        }

        if (delivery.ProviderId != 0)
        {
            image.Receipts.KeepFormer(row, bucket.Account);
        }

        Count(delivery, -1);
        image.Counters.Use(delivery.Bucket, -1);
        delivery.Bucket = image.Counters.Find(bucket.Tenant, bucket.Kind, account, delivery.AcceptedAt);
        image.Counters.Use(delivery.Bucket, 1);
        Count(delivery, 1);
    }

    private DeliveryStatus Project(in DeliveryRow delivery)
    {
        var state = delivery.Work == 0 ? WorkState.Done : image.Queue[delivery.Work].Stands;
        Span<EvidenceEntry> buffer = stackalloc EvidenceEntry[EvidenceCells.Usual];
        return DeliveryStatusProjection.Project(state, delivery.TotalAttempts, image.Evidence.Read(delivery, buffer), delivery.Generation);
    }

    private void Count(in DeliveryRow delivery, int by)
    {
        image.Counters.Count(delivery.Bucket, delivery.Status, by);
        if (image.Messages[delivery.Message].Has(MessageFlags.IsCounted))
        {
            image.Counters.CountOf(delivery.Message, delivery.Bucket, delivery.Status, by);
        }
    }

    private void CountMessage(in DeliveryRow delivery)
    {
        ref var message = ref image.Messages[delivery.Message];
        if (message.Has(MessageFlags.IsCounted))
        {
            image.Counters.CountOf(delivery.Message, delivery.Bucket, delivery.Status, 1);
        }
        else if (message.Deliveries >= CountedFrom)
        {
            message.Flags |= MessageFlags.IsCounted;
            image.Counters.Open(delivery.Message);
            for (var row = message.Newest; row != 0; row = image.Deliveries[row].OfMessage.Older)
            {
                ref var counted = ref image.Deliveries[row];
                image.Counters.CountOf(delivery.Message, counted.Bucket, counted.Status, 1);
            }
        }
    }
}

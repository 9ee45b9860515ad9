namespace Messaging.Storage.Memory;

/// <summary>Makes the records that callers see of the rows that are kept.</summary>
internal sealed class DeliveryReading(StoreImage image)
{
    public DeliveryRecord ToRecord(int row) => new(image.Messages.ToRecord(image.Deliveries[row].Message), ToDelivery(row), ToState(row));

    /// <summary>Makes the record of a claim: the delivery as it stood before.</summary>
    public DeliveryRecord ToClaimed(int row, StoredMessage message)
    {
        ref var delivery = ref image.Deliveries[row];
        ref var work = ref image.Queue[delivery.Work];
        return new(message, ToDelivery(row), ToState(delivery, WorkState.Ready, work.Due, work.Since));
    }

    public DeliverySummary ToSummary(int row)
    {
        ref var delivery = ref image.Deliveries[row];
        ref var message = ref image.Messages[delivery.Message];
        ref readonly var bucket = ref image.Counters[delivery.Bucket];
        return new DeliverySummary
        {
            Id = new DeliveryId(delivery.Id),
            MessageId = new MessageId(message.Id),
            Tenant = image.Tenants[message.Tenant],
            Kind = image.Names[bucket.Kind]!,
            Account = image.Names[bucket.Account]!,
            Category = image.Names[message.Category]!,
            Priority = (MessagePriority)delivery.Priority,
            Template = image.Names[message.Template],
            ContactId = image.Deliveries.FactsOf(row).ContactId,
            Reference = image.Deliveries.ReferenceOf(row),
            Status = (DeliveryStatus)delivery.Status,
            Why = image.Stories.WhyOf(delivery),
            Attempts = delivery.TotalAttempts,
            AcceptedAt = Ticks.ToInstant(delivery.AcceptedAt),
            DueAt = delivery.Work == 0 ? null : Ticks.ToInstant(Moment(delivery.Work)),
            SettledAt = Ticks.ToInstantOrNull(delivery.SettledAt),
            ProviderId = image.Receipts.TextOf(delivery),
        };
    }

    public IReadOnlyList<TimelineEntry> ToTimeline(int row)
    {
        ref var delivery = ref image.Deliveries[row];
        var entries = new List<TimelineEntry> { new(Ticks.ToInstant(delivery.AcceptedAt), TimelineType.Accepted) };
        if (delivery.Has(DeliveryFlags.OneCall))
        {
            entries.AddRange(OneCall.Entries(image, delivery, delivery.FirstFactAt));
        }

        entries.AddRange(image.Stories.Read(delivery));
        return [.. entries.OrderBy(entry => entry.At)];
    }

    private StoredDelivery ToDelivery(int row)
    {
        ref var delivery = ref image.Deliveries[row];
        ref var message = ref image.Messages[delivery.Message];
        var facts = image.Deliveries.FactsOf(row);
        return new StoredDelivery
        {
            Id = new DeliveryId(delivery.Id),
            MessageId = new MessageId(message.Id),
            Tenant = image.Tenants[message.Tenant],
            Address = new Address(image.Names[facts.Kind]!, facts.AddressText()),
            Channel = image.Names[delivery.Channel]!,
            Priority = (MessagePriority)delivery.Priority,
            AcceptedAt = Ticks.ToInstant(delivery.AcceptedAt),
            ContactId = facts.ContactId,
            Reference = image.Deliveries.ReferenceOf(row),
            PlanId = facts.PlanId,
            PlanStep = facts.PlanStep,
            ItemHash = facts.ItemHash,
            Payload = image.PayloadOf(delivery),
        };
    }

    private DeliveryState ToState(int row)
    {
        ref var delivery = ref image.Deliveries[row];
        if (delivery.Work == 0)
        {
            return ToState(delivery, WorkState.Done, 0, delivery.SettledAt);
        }

        ref var work = ref image.Queue[delivery.Work];
        return ToState(delivery, work.Stands, Moment(delivery.Work), work.Stands == WorkState.Leased ? work.ClaimedAt : work.Since);
    }

    private DeliveryState ToState(in DeliveryRow delivery, WorkState work, long due, long since) => new()
    {
        Work = work,
        DueAt = Ticks.ToInstant(due),
        Since = Ticks.ToInstant(since),
        Why = image.Stories.WhyOf(delivery),
        Attempts = delivery.Attempts,
        TotalAttempts = delivery.TotalAttempts,
        AttemptBegan = delivery.Work != 0 && image.Queue[delivery.Work].Call == CallMark.Lost,
        Generation = delivery.Generation,
        Evidence = image.Evidence.Get(delivery),
        Account = delivery.Has(DeliveryFlags.HasAccount) ? image.Names[image.Counters[delivery.Bucket].Account] : null,
        ProviderId = image.Receipts.TextOf(delivery),
        SettledAt = Ticks.ToInstantOrNull(delivery.SettledAt),
        CancelRequested = delivery.Has(DeliveryFlags.CancelRequested),
        DeadLetter = delivery.Has(DeliveryFlags.DeadLetter),
    };

    private long Moment(int work) => image.Queue[work].Stands == WorkState.Leased ? image.Queue.LeaseEnd(work) : image.Queue[work].Due;
}

namespace Messaging.Storage.Memory;

/// <summary>Says whether a change can be applied as a whole, and changes nothing.</summary>
internal sealed class ChangeCheck(StoreImage image)
{
    /// <summary>Returns what stands in the way, in the order that <see cref="Change"/> states; entities are judged when they are written.</summary>
    public ChangeResult Check(Change change)
    {
        if (change.Accept is { } accept && Check(accept) is { Status: not ChangeStatus.Applied } refused)
        {
            return refused;
        }

        return new ChangeResult(IsStale(change) ? ChangeStatus.Stale : IsRepeat(change) ? ChangeStatus.Duplicate : ChangeStatus.Applied);
    }

    private ChangeResult Check(Acceptance accept)
    {
        if (accept.Idempotency is { } claim && image.Idempotency.Find(TenantOf(accept), claim.Key) is var key && key != 0)
        {
            ref readonly var first = ref image.Idempotency[key];
            return new(first.Fingerprint == claim.Fingerprint ? ChangeStatus.Duplicate : ChangeStatus.Conflict, new MessageId(first.Message));
        }

        if (accept.Message is { } message && image.Messages.Find(message.Id) != 0)
        {
            return new(ChangeStatus.Duplicate, message.Id);
        }

        for (var i = 0; i < accept.Deliveries.Count; i++)
        {
            if (Check(accept, accept.Deliveries[i]) is { Status: not ChangeStatus.Applied } refused)
            {
                return refused;
            }
        }

        return accept.Deliveries.Count > 1 && RepeatsItself(accept.Deliveries) ? new(ChangeStatus.Duplicate, MessageOf(accept)) : default;
    }

    private ChangeResult Check(Acceptance accept, StoredDelivery delivery)
    {
        if (image.Deliveries.Find(delivery.Id.Value) != 0)
        {
            return new(ChangeStatus.Duplicate, delivery.MessageId);
        }

        if (accept.Message is { } message && message.Id == delivery.MessageId)
        {
            return new(message.Tenant == delivery.Tenant ? ChangeStatus.Applied : ChangeStatus.Stale);
        }

        var row = image.Messages.Find(delivery.Tenant, delivery.MessageId);
        return row == 0 ? new(ChangeStatus.Stale)
            : delivery.ItemHash != 0 && image.Deliveries.FindItem(row, delivery.ItemHash) != 0 ? new(ChangeStatus.Duplicate, delivery.MessageId)
            : default;
    }

    private static bool RepeatsItself(IReadOnlyList<StoredDelivery> deliveries)
    {
        var ids = new HashSet<DeliveryId>(deliveries.Count);
        var items = new HashSet<(MessageId, UInt128)>();
        foreach (var delivery in deliveries)
        {
            if (!ids.Add(delivery.Id) || (delivery.ItemHash != 0 && !items.Add((delivery.MessageId, delivery.ItemHash))))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsStale(Change change)
    {
        for (var i = 0; i < change.Begins.Count; i++)
        {
            if (image.Held(change.Begins[i].Lease) == 0)
            {
                return true;
            }
        }

        return HasStaleSettle(change.Settles) || HasUnknownEvent(change.Events) || HasVainCommand(change);
    }

    private bool HasStaleSettle(IReadOnlyList<Settlement> settles)
    {
        for (var i = 0; i < settles.Count; i++)
        {
            if (image.Held(settles[i].Lease) == 0)
            {
                return true;
            }
        }

        return settles.Count > 1 && settles.DistinctBy(settle => (settle.Lease.Kind, settle.Lease.WorkId)).Count() < settles.Count;
    }

    private bool HasUnknownEvent(IReadOnlyList<StoredEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (image.Deliveries.Find(events[i].Tenant, events[i].DeliveryId) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasVainCommand(Change change)
    {
        for (var i = 0; i < change.Commands.Count; i++)
        {
            if (!Applies(change.Commands[i]))
            {
                return true;
            }
        }

        for (var i = 0; i < change.Drops.Count; i++)
        {
            if (image.Messages.Find(change.Drops[i].Tenant, change.Drops[i].MessageId) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool Applies(DeliveryCommand command)
    {
        var row = image.Deliveries.Find(command.Tenant, command.DeliveryId);
        if (row == 0)
        {
            return false;
        }

        ref var delivery = ref image.Deliveries[row];
        return command.Type switch
        {
            DeliveryCommandType.Cancel => delivery.Work != 0,
            DeliveryCommandType.MakeDue => delivery.Work != 0 && image.Queue[delivery.Work].Stands is WorkState.Waiting or WorkState.Parked,
            DeliveryCommandType.Redrive => delivery.Work == 0 && !delivery.Has(DeliveryFlags.Dropped)
                && (DeliveryStatus)delivery.Status is not (DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read),
            DeliveryCommandType.Purge => delivery.Has(DeliveryFlags.DeadLetter),
            _ => false,
        };
    }

    private bool IsRepeat(Change change)
    {
        for (var i = 0; i < change.Events.Count; i++)
        {
            if (image.EventKeys.Contains(image.EventKeys.HashOf(change.Events[i].Key)))
            {
                return true;
            }
        }

        for (var i = 0; i < change.Enqueues.Count; i++)
        {
            if (image.Queue.Items.Find(change.Enqueues[i].Kind, change.Enqueues[i].Id) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static TenantId TenantOf(Acceptance accept) => accept.Message?.Tenant ?? accept.Deliveries[0].Tenant;

    private static MessageId MessageOf(Acceptance accept) => accept.Message?.Id ?? accept.Deliveries[0].MessageId;
}

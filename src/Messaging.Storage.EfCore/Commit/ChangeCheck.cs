using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Says whether a change can be applied as a whole, and changes nothing.</summary>
internal sealed class ChangeCheck(WorkingSet set)
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
        if (accept.Idempotency is { } claim && Find(accept, claim) is { } first)
        {
            return new(
                first.Fingerprint == Codes.ToGuid(claim.Fingerprint) ? ChangeStatus.Duplicate : ChangeStatus.Conflict, new MessageId(first.MessageId));
        }

        if (accept.Message is { } message && set.Messages.Find(message.Id.Value) is not null)
        {
            return new(ChangeStatus.Duplicate, message.Id);
        }

        foreach (var delivery in accept.Deliveries)
        {
            if (Check(accept, delivery) is { Status: not ChangeStatus.Applied } refused)
            {
                return refused;
            }
        }

        return accept.Deliveries.Count > 1 && RepeatsItself(accept.Deliveries)
            ? new(ChangeStatus.Duplicate, accept.Message?.Id ?? accept.Deliveries[0].MessageId)
            : default;
    }

    private IdempotencyRow? Find(Acceptance accept, IdempotencyClaim claim)
    {
        var tenant = (accept.Message?.Tenant ?? accept.Deliveries[0].Tenant).Value;
        return set.Idempotency.Find((tenant, claim.Key)) is { } row && row.KeepUntil > set.Now ? row : null;
    }

    private ChangeResult Check(Acceptance accept, StoredDelivery delivery)
    {
        if (set.Deliveries.Find(delivery.Id.Value) is not null)
        {
            return new(ChangeStatus.Duplicate, delivery.MessageId);
        }

        if (accept.Message is { } message && message.Id == delivery.MessageId)
        {
            return new(message.Tenant == delivery.Tenant ? ChangeStatus.Applied : ChangeStatus.Stale);
        }

        return set.Message(delivery.Tenant, delivery.MessageId) is null ? new(ChangeStatus.Stale)
            : delivery.ItemHash != 0 && set.Items.Contains((delivery.MessageId.Value, Codes.ToGuid(delivery.ItemHash)))
                ? new(ChangeStatus.Duplicate, delivery.MessageId)
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

    private bool IsStale(Change change) =>
        change.Begins.Any(begin => set.Held(begin.Lease) is null)
        || change.Settles.Any(settle => set.Held(settle.Lease) is null)
        || (change.Settles.Count > 1 && change.Settles.DistinctBy(settle => (settle.Lease.Kind, settle.Lease.WorkId)).Count() < change.Settles.Count)
        || change.Events.Any(e => set.Delivery(e.Tenant, e.DeliveryId) is null)
        || change.Commands.Any(command => !Applies(command))
        || change.Drops.Any(drop => set.Message(drop.Tenant, drop.MessageId) is null);

    private bool Applies(DeliveryCommand command)
    {
        if (set.Delivery(command.Tenant, command.DeliveryId) is not { } delivery)
        {
            return false;
        }

        var work = set.WorkOf(delivery.Id);
        var state = set.States.Find(delivery.Id);
        return command.Type switch
        {
            DeliveryCommandType.Cancel => work is not null,
            DeliveryCommandType.MakeDue => set.Stands(work) is WorkState.Waiting or WorkState.Parked,
            DeliveryCommandType.Redrive => work is null && state is { Dropped: false }
                && (DeliveryStatus)state.Status is not (DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read),
            DeliveryCommandType.Purge => state is { DeadLetter: true },
            _ => false,
        };
    }

    private bool IsRepeat(Change change) =>
        change.Events.Any(e => set.EventKeys.Find(Codes.HashOf(e.Key)) is not null)
        || change.Enqueues.Any(item => set.Work.Find(((short)item.Kind, item.Id)) is not null);
}

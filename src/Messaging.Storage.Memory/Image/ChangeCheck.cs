namespace Messaging.Storage.Memory;

/// <summary>Says whether a change can be applied as a whole, and changes nothing.</summary>
internal sealed class ChangeCheck(StoreImage image)
{
    /// <summary>Returns what stands in the way; <see langword="null"/> when nothing does but perhaps an entity's version.</summary>
    public ChangeResult? Refusal(Change change, DateTimeOffset now) =>
        (change.Accept is { } accept ? Refusal(accept, now) : default(ChangeResult?))
        ?? (IsStale(change) ? new(ChangeStatus.Stale) : IsRepeat(change) ? new(ChangeStatus.Duplicate) : default(ChangeResult?));

    private ChangeResult? Refusal(Acceptance accept, DateTimeOffset now)
    {
        if (accept.Idempotency is { } claim
            && image.Idempotency.TryGetValue((TenantOf(accept), claim.Key), out var first)
            && first.Claim.KeepUntil > now)
        {
            return new(first.Claim.Fingerprint == claim.Fingerprint ? ChangeStatus.Duplicate : ChangeStatus.Conflict, first.Message);
        }

        if (accept.Message is { } message && image.Messages.ContainsKey(message.Id))
        {
            return new(ChangeStatus.Duplicate, message.Id);
        }

        if (Repeats(accept.Deliveries))
        {
            return new(ChangeStatus.Duplicate, MessageOf(accept));
        }

        foreach (var delivery in accept.Deliveries)
        {
            if (Refusal(accept, delivery) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static bool Repeats(IReadOnlyList<StoredDelivery> deliveries) =>
        deliveries.DistinctBy(delivery => delivery.Id).Count() < deliveries.Count
        || deliveries.Where(delivery => delivery.ItemHash != 0).GroupBy(delivery => (delivery.MessageId, delivery.ItemHash)).Any(group => group.Count() > 1);

    private ChangeResult? Refusal(Acceptance accept, StoredDelivery delivery)
    {
        if (image.Deliveries.ContainsKey(delivery.Id))
        {
            return new(ChangeStatus.Duplicate, delivery.MessageId);
        }

        if (accept.Message?.Id == delivery.MessageId)
        {
            return null;
        }

        if (!image.Messages.TryGetValue(delivery.MessageId, out var message) || message.Message.Tenant != delivery.Tenant)
        {
            return new(ChangeStatus.Stale);
        }

        return delivery.ItemHash != 0 && message.Items.Contains(delivery.ItemHash) ? new(ChangeStatus.Duplicate, delivery.MessageId) : null;
    }

    private bool IsStale(Change change) =>
        change.Begins.Any(begin => image.Queue.Find(begin.Lease) is null)
        || change.Settles.Any(settle => image.Queue.Find(settle.Lease) is null)
        || change.Settles.DistinctBy(settle => (settle.Lease.Kind, settle.Lease.WorkId)).Count() != change.Settles.Count
        || change.Events.Any(e => image.Find(e.Tenant, e.DeliveryId) is null)
        || change.Commands.Any(command => !Applies(command))
        || change.Drops.Any(drop => !image.Messages.TryGetValue(drop.MessageId, out var message) || message.Message.Tenant != drop.Tenant);

    private bool IsRepeat(Change change) =>
        change.Events.Any(e => image.EventKeys.Contains(e.Key))
        || change.Enqueues.Any(item => image.Queue.Contains(item.Kind, item.Id));

    private bool Applies(DeliveryCommand command) => image.Find(command.Tenant, command.DeliveryId) is { } delivery && command.Type switch
    {
        DeliveryCommandType.Cancel => !delivery.Done,
        DeliveryCommandType.MakeDue => delivery.Work is { State: WorkState.Waiting or WorkState.Parked },
        DeliveryCommandType.Redrive => delivery.Done && !delivery.PayloadDropped
            && delivery.Status is not (DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read),
        DeliveryCommandType.Purge => delivery.DeadLetter,
        _ => false,
    };

    public static TenantId TenantOf(Acceptance accept) => accept.Message?.Tenant ?? accept.Deliveries[0].Tenant;

    public static MessageId MessageOf(Acceptance accept) => accept.Message?.Id ?? accept.Deliveries[0].MessageId;
}

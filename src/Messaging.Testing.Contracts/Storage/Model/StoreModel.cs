using Messaging.Storage;

namespace Messaging.Testing.Contracts.Storage.Model;

/// <summary>The simplest store that keeps the promises, one list at a time: what real stores are compared with.</summary>
internal sealed partial class StoreModel
{
    public static readonly Why Withdrawn = new(WhyCodes.Canceled, "It was cancelled.");

    private readonly Dictionary<MessageId, ModelMessage> _messages = [];
    private readonly HashSet<string> _events = [];
    private readonly Dictionary<(TenantId Tenant, string Key), (IdempotencyClaim Claim, MessageId Message)> _keys = [];
    private long _parked;

    /// <summary>Gets the deliveries in the order of acceptance.</summary>
    public List<ModelDelivery> Deliveries { get; } = [];

    public List<ModelWork> Work { get; } = [];

    public IEnumerable<ModelMessage> Messages => _messages.Values;

    public ModelWork? Held(LeaseToken lease) =>
        Work.Find(work => work.Kind == lease.Kind && work.Id == lease.WorkId && work.IsLeased && work.Fence == lease.Fence);

    public ChangeResult Commit(Change change, DateTimeOffset now)
    {
        if (Refusal(change, now) is { } refusal)
        {
            return refusal;
        }

        if (change.Accept is { } accept)
        {
            Accept(accept, now);
        }

        foreach (var begin in change.Begins)
        {
            Begin(begin);
        }

        foreach (var settle in change.Settles)
        {
            Settle(settle, now);
        }

        foreach (var e in change.Events)
        {
            Record(e);
        }

        foreach (var command in change.Commands)
        {
            Do(command, now);
        }

        var released = change.Releases.Sum(release => Let(release, now));
        foreach (var drop in change.Drops)
        {
            Drop(_messages[drop.MessageId]);
        }

        foreach (var item in change.Enqueues.Where(item => !Work.Exists(work => (work.Kind, work.Id) == (item.Kind, item.Id))))
        {
            Enter(new ModelWork { Kind = item.Kind, Id = item.Id }, WorkState.Waiting, item.DueAt, null, now, added: true);
        }

        return new ChangeResult(ChangeStatus.Applied, Released: released);
    }

    /// <summary>Withdraws what was cancelled in the hands of an owner whose time is over; a claim does that first.</summary>
    public void LoseEnded(DateTimeOffset now)
    {
        foreach (var work in Work.Where(work => work.IsLeased && work.LeaseUntil <= now && work.Delivery is { CancelRequested: true }).ToList())
        {
            var delivery = work.Delivery!;
            if (work.BeganFence != 0)
            {
                delivery.Evidence = delivery.Evidence.With(MessageEventType.Unconfirmed, work.LeaseUntil, delivery.Generation);
            }

            Withdraw(delivery, now, now, delivery.Why);
        }

        // A claim takes all leases that ended away, whether or not it hands their work out at once.
        foreach (var work in Work.Where(work => work.IsLeased && work.LeaseUntil <= now))
        {
            (work.State, work.Since) = (WorkState.Ready, work.ClaimedAt);
        }
    }

    private ChangeResult? Refusal(Change change, DateTimeOffset now) =>
        change.Accept is { } accept && Refusal(accept, now) is { } refusal ? refusal
        : IsStale(change) ? new(ChangeStatus.Stale)
        : change.Events.Any(e => _events.Contains(e.Key))
            || change.Enqueues.Any(item => Work.Exists(work => (work.Kind, work.Id) == (item.Kind, item.Id))) ? new(ChangeStatus.Duplicate)
        : null;

    private ChangeResult? Refusal(Acceptance accept, DateTimeOffset now)
    {
        var first = accept.Message?.Id ?? accept.Deliveries[0].MessageId;
        var tenant = accept.Message?.Tenant ?? accept.Deliveries[0].Tenant;
        if (accept.Idempotency is { } claim && _keys.TryGetValue((tenant, claim.Key), out var known) && known.Claim.KeepUntil > now)
        {
            return new(known.Claim.Fingerprint == claim.Fingerprint ? ChangeStatus.Duplicate : ChangeStatus.Conflict, known.Message);
        }

        if (accept.Message is { } message && _messages.ContainsKey(message.Id))
        {
            return new(ChangeStatus.Duplicate, message.Id);
        }

        foreach (var delivery in accept.Deliveries)
        {
            if (Refusal(accept, delivery) is { } refusal)
            {
                return refusal;
            }
        }

        var items = accept.Deliveries.Where(delivery => delivery.ItemHash != 0).Select(delivery => (delivery.MessageId, delivery.ItemHash)).ToList();
        return accept.Deliveries.DistinctBy(delivery => delivery.Id).Count() < accept.Deliveries.Count || items.Distinct().Count() < items.Count
            ? new(ChangeStatus.Duplicate, first)
            : null;
    }

    private ChangeResult? Refusal(Acceptance accept, StoredDelivery delivery)
    {
        if (Deliveries.Exists(known => known.Stored.Id == delivery.Id))
        {
            return new(ChangeStatus.Duplicate, delivery.MessageId);
        }

        if (accept.Message?.Id == delivery.MessageId)
        {
            return accept.Message.Tenant == delivery.Tenant ? null : new(ChangeStatus.Stale);
        }

        return !_messages.TryGetValue(delivery.MessageId, out var message) || message.Stored.Tenant != delivery.Tenant ? new(ChangeStatus.Stale)
            : delivery.ItemHash != 0 && message.Deliveries.Exists(item => item.Stored.ItemHash == delivery.ItemHash)
                ? new(ChangeStatus.Duplicate, delivery.MessageId)
            : null;
    }

    private bool IsStale(Change change) =>
        change.Begins.Any(begin => Held(begin.Lease) is null)
        || change.Settles.Any(settle => Held(settle.Lease) is null)
        || change.Settles.DistinctBy(settle => (settle.Lease.Kind, settle.Lease.WorkId)).Count() != change.Settles.Count
        || change.Events.Any(e => Find(e.Tenant, e.DeliveryId) is null)
        || change.Commands.Any(command => !Applies(command))
        || change.Drops.Any(drop => !_messages.TryGetValue(drop.MessageId, out var message) || message.Stored.Tenant != drop.Tenant);

    private bool Applies(DeliveryCommand command) => Find(command.Tenant, command.DeliveryId) is { } delivery && command.Type switch
    {
        DeliveryCommandType.Cancel => delivery.Work is not null,
        DeliveryCommandType.MakeDue => delivery.StateAt(command.At) is WorkState.Waiting or WorkState.Parked,
        DeliveryCommandType.Redrive => delivery is { Work: null, Dropped: false }
            && delivery.StatusAt(command.At) is not (DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read),
        _ => delivery.DeadLetter,
    };

    private ModelDelivery? Find(TenantId tenant, DeliveryId id) =>
        Deliveries.Find(delivery => delivery.Stored.Id == id && delivery.Stored.Tenant == tenant);
}

using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>
/// The rows that a batch of changes touches, as they stand in the middle of it. A dialect loads them under locks; the shared rules change
/// them; the dialect writes the differences. Not thread safe.
/// </summary>
internal sealed class WorkingSet(long now, Turns turns)
{
    /// <summary>Places above this are not given yet: rows with one get the next numbers of the database's sequence when they are written, in this order.</summary>
    public const long FirstNewPlace = long.MaxValue / 2;

    private long _place = FirstNewPlace;

    /// <summary>Gets the database's clock, in UTC ticks.</summary>
    public long Now => now;

    public Turns Turns => turns;

    /// <summary>Gets messages. Loaded ones come without payload (<see langword="null"/>); one that is set is to be written.</summary>
    public RowSet<Guid, MessageRow> Messages { get; } = new();

    /// <summary>Gets deliveries. Loaded ones come without payload (<see langword="null"/>); one that is set is to be written.</summary>
    public RowSet<Guid, DeliveryRow> Deliveries { get; } = new();

    public RowSet<Guid, StateRow> States { get; } = new();

    /// <summary>Gets work by kind and id.</summary>
    public RowSet<(short Kind, Guid Id), WorkRow> Work { get; } = new();

    public RowSet<(string Tenant, string Key), IdempotencyRow> Idempotency { get; } = new();

    public RowSet<Guid, EventKeyRow> EventKeys { get; } = new();

    /// <summary>Gets the items of bulks that are there, of those that were asked for.</summary>
    public HashSet<(Guid Message, Guid Item)> Items { get; } = [];

    /// <summary>Gets, of each loaded message that drops payloads or is about to, how many of its deliveries are not done.</summary>
    public Dictionary<Guid, int> Open { get; } = [];

    public EntitySet Entities { get; } = new();

    /// <summary>Gets the timeline entries that are to be inserted. They get their places when they are written, in this order.</summary>
    public List<TimelineRow> Timeline { get; } = [];

    /// <summary>Gets the former ids of providers that are to be inserted, unless they are there.</summary>
    public List<ReceiptRow> Receipts { get; } = [];

    /// <summary>Returns a place behind all others.</summary>
    public long NextPlace() => _place++;

    public DeliveryRow? Delivery(TenantId tenant, DeliveryId id) =>
        Deliveries.Find(id.Value) is { } row && row.Tenant == tenant.Value ? row : null;

    public MessageRow? Message(TenantId tenant, MessageId id) =>
        Messages.Find(id.Value) is { } row && row.Tenant == tenant.Value ? row : null;

    public WorkRow? WorkOf(Guid delivery) => Work.Find(((short)WorkKind.Deliver, delivery));

    /// <summary>Returns the work that a lease holds; <see langword="null"/> when it holds none any more.</summary>
    public WorkRow? Held(LeaseToken lease) =>
        Work.Find(((short)lease.Kind, lease.WorkId)) is { State: (short)WorkState.Leased } row && row.Fence == lease.Fence ? row : null;

    /// <summary>Returns where work stands: a wait that has ended counts as ready.</summary>
    public WorkState Stands(WorkRow? work) =>
        work is null ? WorkState.Done
        : work.State == (short)WorkState.Waiting && work.DueAt <= now ? WorkState.Ready
        : (WorkState)work.State;

    /// <summary>Notes that a row of work was changed.</summary>
    public void Touch(WorkRow work) => Work.Touch((work.Kind, work.Id));

    /// <summary>Returns the state of a delivery to be changed; from now on its work is settled the long way.</summary>
    public StateRow StateOf(DeliveryRow delivery)
    {
        if (States.TryFind(delivery.Id, out var state))
        {
            States.Touch(delivery.Id);
            state.Place = delivery.Place; // the short way of settling does not know it
            return state;
        }

        state = new StateRow { Id = delivery.Id, Place = delivery.Place, Tenant = delivery.Tenant, Status = StatusCode.ByWork, Evidence = [] };
        States.Add(delivery.Id, state);
        if (WorkOf(delivery.Id) is { Plain: true } work)
        {
            work.Plain = false;
            Touch(work);
        }

        return state;
    }
}

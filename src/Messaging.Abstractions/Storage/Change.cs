namespace Messaging.Storage;

/// <summary>What belongs together: all of it is applied, or nothing.</summary>
/// <remarks>
/// Everything is checked against what stood before the change; then it is applied in the order accept, begins, settles, events, commands,
/// releases, drops, enqueues, entities. What stands in the way first names the status, in this order: the acceptance (<see cref="ChangeStatus.Duplicate"/>,
/// <see cref="ChangeStatus.Conflict"/>), leases, unknown deliveries and commands (<see cref="ChangeStatus.Stale"/>), events and work that are there
/// already (<see cref="ChangeStatus.Duplicate"/>), entities (<see cref="ChangeStatus.VersionConflict"/>). Changes of one commit follow one another:
/// a later one sees the earlier.
/// </remarks>
public sealed class Change
{
    /// <summary>Gets new deliveries.</summary>
    public Acceptance? Accept { get; init; }

    /// <summary>Gets provider reports. One whose key is there already makes the change <see cref="ChangeStatus.Duplicate"/>; a key that comes twice in the change itself counts once.</summary>
    public IReadOnlyList<StoredEvent> Events { get; init; } = [];

    /// <summary>Gets what becomes of claimed work. A lease that is not current makes the change <see cref="ChangeStatus.Stale"/>.</summary>
    public IReadOnlyList<Settlement> Settles { get; init; } = [];

    /// <summary>Gets provider calls about to begin. A lease that is not current makes the change <see cref="ChangeStatus.Stale"/>.</summary>
    public IReadOnlyList<AttemptStart> Begins { get; init; } = [];

    /// <summary>Gets new work. An id of the same kind that is there and not done makes the change <see cref="ChangeStatus.Duplicate"/>.</summary>
    public IReadOnlyList<WorkItem> Enqueues { get; init; } = [];

    /// <summary>Gets operators' commands.</summary>
    public IReadOnlyList<DeliveryCommand> Commands { get; init; } = [];

    /// <summary>Gets keys under which parked work becomes ready.</summary>
    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>Gets sensitive messages whose payloads nobody needs any more, because their route has ended.</summary>
    public IReadOnlyList<PayloadDrop> Drops { get; init; } = [];

    /// <summary>Gets entities to write, one after the other. A version that is not the expected one, or a value of a unique index that another entity has, makes the change <see cref="ChangeStatus.VersionConflict"/>.</summary>
    public IReadOnlyList<EntityChange> Entities { get; init; } = [];
}

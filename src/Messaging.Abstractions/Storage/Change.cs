namespace Messaging.Storage;

/// <summary>What belongs together: all of it is applied, or nothing.</summary>
public sealed class Change
{
    /// <summary>Gets new deliveries.</summary>
    public Acceptance? Accept { get; init; }

    /// <summary>Gets provider reports. One that is there already makes the change <see cref="ChangeStatus.Duplicate"/>.</summary>
    public IReadOnlyList<StoredEvent> Events { get; init; } = [];

    /// <summary>Gets what becomes of claimed work. A lease that is not current makes the change <see cref="ChangeStatus.Stale"/>.</summary>
    public IReadOnlyList<Settlement> Settles { get; init; } = [];

    /// <summary>Gets provider calls about to begin. A lease that is not current makes the change <see cref="ChangeStatus.Stale"/>.</summary>
    public IReadOnlyList<AttemptStart> Begins { get; init; } = [];

    /// <summary>Gets new work. An id that is there already makes the change <see cref="ChangeStatus.Duplicate"/>.</summary>
    public IReadOnlyList<WorkItem> Enqueues { get; init; } = [];

    /// <summary>Gets operators' commands.</summary>
    public IReadOnlyList<DeliveryCommand> Commands { get; init; } = [];

    /// <summary>Gets keys under which parked work becomes ready.</summary>
    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>Gets entities to write. A version that is not the expected one makes the change <see cref="ChangeStatus.VersionConflict"/>.</summary>
    public IReadOnlyList<EntityChange> Entities { get; init; } = [];
}

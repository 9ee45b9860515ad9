namespace Messaging.Storage.Memory;

/// <summary>A piece of work in the queue: a delivery that is not done, or an item.</summary>
internal sealed class WorkEntry
{
    public required WorkKind Kind { get; init; }

    public required Guid Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required MessagePriority Lane { get; init; }

    public WorkItem? Item { get; init; }

    public DeliveryEntry? Delivery { get; init; }

    public WorkState State { get; set; }

    public DateTimeOffset Due { get; set; }

    public DateTimeOffset Since { get; set; }

    public DateTimeOffset ClaimedAt { get; set; }

    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>Breaks ties of <see cref="Due"/>: first in, first out.</summary>
    public long Sequence { get; set; }

    public long Fence { get; set; }

    /// <summary>The fence under which a provider call began; 0 for none. Another than <see cref="Fence"/>: the lease was lost.</summary>
    public long BeganFence { get; set; }

    public int Claims { get; set; }

    public string? ParkKey { get; set; }

    public DateTimeOffset Moment => State == WorkState.Leased ? LeaseUntil : Due;
}

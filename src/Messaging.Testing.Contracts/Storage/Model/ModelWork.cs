using Messaging.Storage;

namespace Messaging.Testing.Contracts.Storage.Model;

/// <summary>A piece of work as the model knows it.</summary>
internal sealed class ModelWork
{
    public required WorkKind Kind { get; init; }

    public required Guid Id { get; init; }

    public ModelDelivery? Delivery { get; init; }

    public WorkState State { get; set; }

    public DateTimeOffset Due { get; set; }

    public DateTimeOffset Since { get; set; }

    public DateTimeOffset ClaimedAt { get; set; }

    public DateTimeOffset LeaseUntil { get; set; }

    public long Parked { get; set; }

    public long Fence { get; set; }

    /// <summary>The fence under which a provider call began; 0 for none.</summary>
    public long BeganFence { get; set; }

    public int Claims { get; set; }

    public string ParkKey { get; set; } = "";

    public bool IsLeased => State == WorkState.Leased;

    public bool CanBeClaimed(DateTimeOffset now) => State == WorkState.Ready
        || (State == WorkState.Waiting && Due <= now)
        || (IsLeased && LeaseUntil <= now && Delivery is not { CancelRequested: true });
}

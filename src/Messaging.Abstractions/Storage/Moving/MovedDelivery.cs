namespace Messaging.Storage;

/// <summary>A delivery on its way to another store, as it stands there: nobody has claimed it.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="State">Where it stands: Ready, Waiting, Parked or Done.</param>
public sealed record MovedDelivery(StoredDelivery Delivery, DeliveryState State)
{
    /// <summary>Gets what happened to it since it was accepted, oldest first; that it was accepted is not among it.</summary>
    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>Gets the ids under which accounts knew earlier attempts.</summary>
    public IReadOnlyList<MovedReceipt> Receipts { get; init; } = [];

    /// <summary>Gets what it is parked under, when it is parked.</summary>
    public string? ParkKey { get; init; }

    /// <summary>Gets how often it was claimed since it was last settled.</summary>
    public int Claims { get; init; }

    /// <summary>Gets a value indicating whether its payload is gone for good, so that it cannot be redriven.</summary>
    public bool Dropped { get; init; }
}

namespace Messaging.Storage;

/// <summary>A claimed piece of work. For <see cref="WorkKind.Deliver"/> the delivery is there, otherwise the item.</summary>
/// <param name="Lease">The proof of the claim.</param>
/// <param name="Until">When the claim ends unless it is extended.</param>
/// <param name="Claims">How often it was claimed since it was last settled, this one included: more than one means lost leases, the guard against poison. A claim that was handed back does not count.</param>
/// <param name="Delivery">The delivery as it stood before: <see cref="WorkState.Ready"/>, and <see cref="DeliveryState.Since"/> tells how long it waited.</param>
/// <param name="Item">The item.</param>
public sealed record LeasedWork(LeaseToken Lease, DateTimeOffset Until, int Claims, DeliveryRecord? Delivery, WorkItem? Item);

using Messaging.Storage.PostgreSql.Reading;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>A row of the queue that a claim took.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Until">When the lease ends.</param>
/// <param name="Claims">How often it was claimed.</param>
/// <param name="Lane">The lane it stands in, which is its priority.</param>
/// <param name="Turn">Its turn in the lane.</param>
/// <param name="Order">Its place among those of the same turn.</param>
/// <param name="IsPlain">Whether no more than its place in the queue is known of a delivery since it was accepted.</param>
/// <param name="Place">Where the work of a delivery stands.</param>
/// <param name="Item">The item, of work that is no delivery's.</param>
internal readonly record struct ClaimedRow(
    LeaseToken Lease, DateTimeOffset Until, int Claims, short Lane, long Turn, long Order, bool IsPlain, WorkPlace Place, WorkItem? Item)
{
    /// <summary>Compares by lane, turn and place.</summary>
    public static int CompareOrder(ClaimedRow a, ClaimedRow b) =>
        a.Lane != b.Lane ? a.Lane.CompareTo(b.Lane) : a.Turn != b.Turn ? a.Turn.CompareTo(b.Turn) : a.Order.CompareTo(b.Order);

    /// <summary>Makes the lease.</summary>
    /// <param name="delivery">The delivery, of a delivery's work.</param>
    public LeasedWork With(DeliveryRecord? delivery) => new(Lease, Until, Claims, delivery, Item);
}

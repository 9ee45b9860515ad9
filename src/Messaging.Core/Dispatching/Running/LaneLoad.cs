namespace Messaging.Dispatching;

/// <summary>What stands before new work in a <see cref="Lane"/>.</summary>
/// <param name="Wait">How long it would wait behind everything that is queued.</param>
/// <param name="Interval">How far apart turns are.</param>
/// <param name="Count">How much is queued.</param>
/// <param name="OwnCount">How much of it is the same tenant's, as urgent.</param>
/// <param name="Tenants">How many tenants take turns there.</param>
internal readonly record struct LaneLoad(TimeSpan Wait, TimeSpan Interval, int Count, int OwnCount, int Tenants)
{
    /// <summary>Returns whether a tenant has its share of so many places, or all hold far more than that.</summary>
    public bool IsFullFor(int places) => Count >= places && (OwnCount >= Math.Max(1, places / Math.Max(1, Tenants)) || Count >= 4 * places);
}

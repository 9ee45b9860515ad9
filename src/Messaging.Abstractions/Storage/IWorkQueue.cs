namespace Messaging.Storage;

/// <summary>Hands out work under leases. Within a lane tenants take turns; within a tenant, the oldest due goes first.</summary>
public interface IWorkQueue
{
    /// <summary>Claims what is due, and work whose lease ended. No two callers hold one item at a time.</summary>
    ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>Prolongs claims.</summary>
    /// <returns>The leases that are still held; the others are lost.</returns>
    ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken);

    /// <summary>Completes when there may be work: at once when some is ready, else when some comes or becomes due. May wake for nothing.</summary>
    ValueTask WaitForWorkAsync(CancellationToken cancellationToken);

    /// <summary>Counts.</summary>
    ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken);
}

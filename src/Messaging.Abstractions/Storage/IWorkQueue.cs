namespace Messaging.Storage;

/// <summary>Hands out work under leases. Within a lane tenants take turns; within a tenant, the oldest due goes first.</summary>
public interface IWorkQueue
{
    /// <summary>Claims what is due, and work whose lease ended. No two callers hold one item at a time.</summary>
    ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>Prolongs claims.</summary>
    /// <returns>The leases that are still held; the others are lost.</returns>
    ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken);

    /// <summary>Completes when there may be work of any kind: at once when some is ready, else when some comes, becomes due or is lost by its owner. May wake for nothing.</summary>
    ValueTask WaitForWorkAsync(CancellationToken cancellationToken) => WaitForWorkAsync([], cancellationToken);

    /// <summary>Completes when there may be work of certain kinds. Who claims some kinds only must wait for these: what others leave would wake it again and again.</summary>
    /// <param name="kinds">The kinds; empty means all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask WaitForWorkAsync(IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken);

    /// <summary>Counts.</summary>
    ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken);
}

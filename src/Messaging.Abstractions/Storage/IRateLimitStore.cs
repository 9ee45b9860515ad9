namespace Messaging.Storage;

/// <summary>Counts what may be sent, by the generic cell rate algorithm, for all nodes that share the store.</summary>
public interface IRateLimitStore
{
    /// <summary>Takes permits. Of one charge all buckets grant, or none is charged.</summary>
    /// <returns>One decision for each charge, in order; an earlier charge goes first.</returns>
    ValueTask<IReadOnlyList<RateDecision>> AcquireAsync(IReadOnlyList<RateCharge> charges, CancellationToken cancellationToken);
}

namespace Messaging.Storage.Memory;

/// <summary>Counts permits in this process by the generic cell rate algorithm (ITU-T I.371, virtual scheduling). Safe for concurrent use.</summary>
/// <remarks>Of a bucket only the theoretical arrival time is kept; one that has filled up again is forgotten.</remarks>
public sealed class MemoryRateLimitStore(TimeProvider time) : IRateLimitStore
{
    private readonly Lock _gate = new();
    private readonly BucketTable _buckets = new();

    /// <summary>Gets how many buckets are not full, give or take those that filled up since the last clean-up.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _buckets.Count;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RateDecision>> AcquireAsync(IReadOnlyList<RateCharge> charges, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(charges);
        cancellationToken.ThrowIfCancellationRequested();
        var decisions = new RateDecision[charges.Count];
        lock (_gate)
        {
            var now = time.GetUtcNow().UtcTicks;
            _buckets.EvictFull(now);
            for (var i = 0; i < decisions.Length; i++)
            {
                decisions[i] = _buckets.Acquire(charges[i], now);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<RateDecision>>(decisions);
    }
}

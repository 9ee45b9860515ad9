namespace Messaging.Storage.Memory;

public sealed partial class MemoryStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.LeaseFor, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = Tick();
            _operations.LoseEnded(now);
            var claimed = _operations.Claim(request, now);
            Signal();
            return ValueTask.FromResult(claimed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leases);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(leaseFor, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        var held = new List<LeaseToken>(leases.Count);
        lock (_gate)
        {
            var until = Tick() + leaseFor.Ticks;
            foreach (var lease in leases)
            {
                if (_operations.Extend(lease, until))
                {
                    held.Add(lease);
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<LeaseToken>>(held);
    }

    /// <inheritdoc/>
    public ValueTask WaitForWorkAsync(CancellationToken cancellationToken) => WaitForWorkAsync([], cancellationToken);

    /// <inheritdoc/>
    public ValueTask WaitForWorkAsync(IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        cancellationToken.ThrowIfCancellationRequested();
        var mask = KindMask.Of(kinds);
        lock (_gate)
        {
            _operations.LoseEnded(Tick());
            if (_image.Queue.HasReady(mask))
            {
                return ValueTask.CompletedTask;
            }

            var wait = _signal.Wait(mask);
            Signal();
            return new ValueTask(wait.WaitAsync(cancellationToken));
        }
    }

    /// <inheritdoc/>
    public ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _operations.LoseEnded(Tick());
            var queue = _image.Queue;
            return ValueTask.FromResult(new QueueDepth(
                queue.Ready,
                queue.Leased,
                queue.Waiting,
                queue.Parked,
                queue.NextAt == long.MaxValue ? null : Ticks.ToInstant(queue.NextAt),
                queue.OldestReady is var oldest && oldest == long.MaxValue ? null : Ticks.ToInstant(oldest)));
        }
    }
}

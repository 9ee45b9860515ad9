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
            return ValueTask.FromResult(_operations.Claim(request, now));
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
                if (_image.Held(lease) is var work && work != 0)
                {
                    _image.Queue.Extend(work, until);
                    held.Add(lease);
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<LeaseToken>>(held);
    }

    /// <inheritdoc/>
    public ValueTask WaitForWorkAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Tick();
            if (_image.Queue.Ready > 0 || _image.Queue.HasLost(_now))
            {
                return ValueTask.CompletedTask;
            }

            var wait = _signal.Wait();
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
            var queue = _image.Queue;
            var lost = queue.CountLost(Tick());
            return ValueTask.FromResult(new QueueDepth(
                queue.Ready + lost,
                queue.Leased - lost,
                queue.Waiting,
                queue.Parked,
                queue.NextAt == long.MaxValue ? null : Ticks.ToInstant(queue.NextAt),
                queue.OldestReady is var oldest && oldest == long.MaxValue ? null : Ticks.ToInstant(oldest)));
        }
    }
}

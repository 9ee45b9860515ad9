namespace Messaging.Storage.Memory;

public sealed partial class MemoryStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = Tick();
            while (_image.Queue.Expired(now) is { } lost)
            {
                _application.Expire(lost, now);
            }

            var claimed = _image.Queue.Claim(request, now);
            return ValueTask.FromResult<IReadOnlyList<LeasedWork>>([.. claimed.Select(ToLease)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leases);
        cancellationToken.ThrowIfCancellationRequested();
        var held = new List<LeaseToken>(leases.Count);
        lock (_gate)
        {
            var until = Tick() + leaseFor;
            foreach (var lease in leases)
            {
                if (_image.Queue.Find(lease) is { } work)
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
            var wait = _signal.Wait();
            Tick();
            Signal();
            return wait.IsCompleted ? ValueTask.CompletedTask : new ValueTask(wait.WaitAsync(cancellationToken));
        }
    }

    /// <inheritdoc/>
    public ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var lost = _image.Queue.CountExpired(Tick());
            var queue = _image.Queue;
            return ValueTask.FromResult(new QueueDepth(
                queue.ReadyCount + lost, queue.LeasedCount - lost, queue.WaitingCount, queue.ParkedCount, queue.NextMoment, queue.OldestReady));
        }
    }

    private static LeasedWork ToLease(WorkEntry work) => new(
        new LeaseToken(work.Kind, work.Id, work.Fence), work.LeaseUntil, work.Claims, work.Delivery?.ToClaimed(), work.Item);
}

using System.Buffers;

namespace Messaging.Storage.Memory;

/// <summary>What the store does to its image. Not thread safe: the store's lock guards it.</summary>
internal sealed class StoreOperations
{
    private static readonly int[] AllKinds = [.. Enumerable.Range(0, ReadyLines.Kinds)];

    private readonly StoreImage _image;
    private readonly StatusKeeper _status;
    private readonly ChangeCheck _check;
    private readonly Accepting _accepting;
    private readonly Settling _settling;
    private readonly Reporting _reporting;
    private readonly Commanding _commanding;

    private readonly HistorySweeper _sweeper;

    public StoreOperations(StoreImage image, MemoryStoreOptions options)
    {
        _image = image;
        _status = new StatusKeeper(image);
        _check = new ChangeCheck(image);
        _settling = new Settling(image, _status);
        _accepting = new Accepting(image, _status, _settling);
        _reporting = new Reporting(image, _status);
        _commanding = new Commanding(image, _status, _settling);
        _sweeper = new HistorySweeper(image, new Retention(options, image.Names));
        Reading = new DeliveryReading(image);
        Search = new DeliverySearch(image, Reading);
        Counting = new DeliveryCount(image);
    }

    /// <summary>Gets or sets what is told the moment of each <see cref="LoseEnded"/> that ends claims, just before.</summary>
    public Action<long>? Losing { get; set; }

    /// <summary>Gets what is forgotten, once somebody listens.</summary>
    public HistorySweeper Sweeper => _sweeper;

    public DeliveryReading Reading { get; }

    public DeliverySearch Search { get; }

    public DeliveryCount Counting { get; }

    public ChangeResult Commit(Change change, long now)
    {
        _image.Idempotency.Evict(now);
        if (_check.Check(change) is { Status: not ChangeStatus.Applied } refused)
        {
            return refused;
        }

        if (change.Entities.Count > 0 && !_image.Entities.TryApply(change.Entities))
        {
            return new ChangeResult(ChangeStatus.VersionConflict);
        }

        return new ChangeResult(ChangeStatus.Applied, Released: Apply(change, now));
    }

    /// <summary>Forgets some of what ended long ago.</summary>
    public void Sweep(long now, int count) => _sweeper.Sweep(now, count);

    /// <summary>Makes ready what has become due.</summary>
    public void Promote(long now)
    {
        while (_image.Queue.Promote(now) is var work && work != 0)
        {
            if (_image.Queue[work].Kind == (byte)WorkKind.Deliver)
            {
                _status.Update(_image.Queue[work].Subject);
            }
        }
    }

    /// <summary>Ends the claims whose time is over. The last goes first: each then finds its place at the front of its line.</summary>
    public void LoseEnded(long now)
    {
        if (!_image.Queue.HasLost(now))
        {
            return;
        }

        Losing?.Invoke(now);
        foreach (var work in _image.Queue.Lost(now))
        {
            _settling.Lose(work, now);
        }
    }

    /// <summary>Ends all claims: their owners are gone.</summary>
    public void LoseAll(long now)
    {
        foreach (var work in _image.Queue.Lost(long.MaxValue))
        {
            _settling.Lose(work, now);
        }
    }

    /// <summary>Does again what a claim did, without choosing anew.</summary>
    public void ClaimAgain(LeaseToken lease, long now, long until)
    {
        var work = _image.WorkOf(lease.Kind, lease.WorkId);
        if (work == 0 || _image.Queue[work].Stands != WorkState.Ready)
        {
            throw new InvalidOperationException("A claim was written down for work that is not ready.");
        }

        _image.Queue.ClaimAgain(work, lease.Fence, now, until);
        if (lease.Kind == WorkKind.Deliver)
        {
            _status.Update(_image.Queue[work].Subject);
        }
    }

    /// <summary>Prolongs a claim, if it is still held.</summary>
    public bool Extend(LeaseToken lease, long until)
    {
        if (_image.Held(lease) is not (var work and not 0))
        {
            return false;
        }

        _image.Queue.Extend(work, until);
        return true;
    }

    public IReadOnlyList<LeasedWork> Claim(ClaimRequest request, long now)
    {
        var kinds = KindsOf(request);
        Span<int> shares = stackalloc int[ReadyLines.Lanes];
        _image.Queue.Share(request, kinds, shares);
        var count = shares[0] + shares[1] + shares[2] + shares[3];
        if (count == 0)
        {
            return [];
        }

        var rows = ArrayPool<int>.Shared.Rent(count);
        var claimed = 0;
        for (var lane = 0; lane < shares.Length; lane++)
        {
            _image.Queue.Claim(lane, shares[lane], kinds, now, now + request.LeaseFor.Ticks, rows.AsSpan(claimed));
            claimed += shares[lane];
        }

        var leases = ToLeases(rows.AsSpan(0, count));
        ArrayPool<int>.Shared.Return(rows);
        return leases;
    }

    private static int[] KindsOf(ClaimRequest request)
    {
        var mask = KindMask.Of(request.Kinds);
        return mask == KindMask.All ? AllKinds : [.. AllKinds.Where(kind => (mask & (1 << kind)) != 0)];
    }

    private int Apply(Change change, long now)
    {
        if (change.Accept is { } accept)
        {
            _accepting.Apply(accept, now);
        }

        for (var i = 0; i < change.Begins.Count; i++)
        {
            _settling.Begin(change.Begins[i]);
        }

        for (var i = 0; i < change.Settles.Count; i++)
        {
            _settling.Apply(change.Settles[i], now);
        }

        for (var i = 0; i < change.Events.Count; i++)
        {
            _reporting.Apply(change.Events[i]);
        }

        var released = ApplyCommands(change, now);
        for (var i = 0; i < change.Enqueues.Count; i++)
        {
            _accepting.Enqueue(change.Enqueues[i], now);
        }

        return released;
    }

    private int ApplyCommands(Change change, long now)
    {
        for (var i = 0; i < change.Commands.Count; i++)
        {
            _commanding.Apply(change.Commands[i], now);
        }

        var released = 0;
        for (var i = 0; i < change.Releases.Count; i++)
        {
            released += _commanding.Apply(change.Releases[i], now);
        }

        for (var i = 0; i < change.Drops.Count; i++)
        {
            _commanding.Apply(change.Drops[i]);
        }

        return released;
    }

    /// <summary>Makes the records of claims. Deliveries of one message that come together share its record.</summary>
    private LeasedWork[] ToLeases(ReadOnlySpan<int> claimed)
    {
        var leases = new LeasedWork[claimed.Length];
        var (message, record) = (0, default(StoredMessage));
        for (var i = 0; i < leases.Length; i++)
        {
            var work = claimed[i];
            ref var row = ref _image.Queue[work];
            if (row.Kind != (byte)WorkKind.Deliver)
            {
                leases[i] = ToLease(work, null, ToItem(row));
                continue;
            }

            var subject = row.Subject;
            _status.Update(subject);
            if (_image.Deliveries[subject].Message is var its && its != message)
            {
                (message, record) = (its, _image.Messages.ToRecord(its));
            }

            leases[i] = ToLease(work, Reading.ToClaimed(subject, record!), null);
        }

        return leases;
    }

    private LeasedWork ToLease(int work, DeliveryRecord? delivery, WorkItem? item)
    {
        ref var row = ref _image.Queue[work];
        var id = delivery is null ? item!.Id : delivery.Delivery.Id.Value;
        return new LeasedWork(
            new LeaseToken((WorkKind)row.Kind, id, row.Fence), Ticks.ToInstant(_image.Queue.LeaseEnd(work)), row.Claims, delivery, item);
    }

    private WorkItem ToItem(in WorkRow work)
    {
        ref var item = ref _image.Queue.Items[work.Subject];
        return new WorkItem
        {
            Id = item.Id,
            Kind = (WorkKind)work.Kind,
            Tenant = _image.Tenants[work.Tenant],
            Priority = (MessagePriority)work.Lane,
            DueAt = Ticks.ToInstant(item.DueAt),
            Payload = _image.Payloads.Get(item.Payload),
        };
    }
}

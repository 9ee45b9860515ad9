namespace Messaging.Storage.Memory;

/// <summary>Where every piece of work stands. Not thread safe: the store's lock guards it.</summary>
internal sealed class WorkQueueImage
{
    private const int Lanes = 4;
    private const int Kinds = 7;

    private readonly Dictionary<(WorkKind Kind, Guid Id), WorkEntry> _all = [];
    private readonly TenantRing[] _ready = [.. Enumerable.Range(0, Lanes * Kinds).Select(_ => new TenantRing())];
    private readonly SortedSet<WorkEntry> _waiting = new(WorkOrder.Instance);
    private readonly SortedSet<WorkEntry> _leased = new(WorkOrder.Instance);
    private readonly Dictionary<string, SortedSet<WorkEntry>> _parked = [];
    private long _sequence;
    private long _fence;

    public int ReadyCount => _ready.Sum(ring => ring.Count);

    public int LeasedCount => _leased.Count;

    public int WaitingCount => _waiting.Count;

    public int ParkedCount => _parked.Values.Sum(parked => parked.Count);

    public DateTimeOffset? OldestReady => _ready.SelectMany(ring => ring.Oldest).Min(work => (DateTimeOffset?)work.Due);

    public DateTimeOffset? NextMoment =>
        (_waiting.Min, _leased.Min) switch
        {
            (null, null) => null,
            ({ } waiting, null) => waiting.Due,
            (null, { } leased) => leased.LeaseUntil,
            ({ } waiting, { } leased) => waiting.Due < leased.LeaseUntil ? waiting.Due : leased.LeaseUntil,
        };

    public bool Contains(WorkKind kind, Guid id) => _all.ContainsKey((kind, id));

    public WorkEntry? Find(LeaseToken lease) =>
        _all.TryGetValue((lease.Kind, lease.WorkId), out var work) && work.State == WorkState.Leased && work.Fence == lease.Fence ? work : null;

    /// <summary>Takes new work in, in the state it has.</summary>
    public void Add(WorkEntry work)
    {
        _all.Add((work.Kind, work.Id), work);
        work.Sequence = ++_sequence;
        Enter(work);
    }

    public void Remove(WorkEntry work)
    {
        Leave(work);
        _all.Remove((work.Kind, work.Id));
    }

    /// <summary>Moves work to another state. A ready one that keeps its due time keeps its place.</summary>
    public void Move(WorkEntry work, WorkState state, DateTimeOffset due, DateTimeOffset now, string? parkKey = null, bool keepPlace = false)
    {
        Leave(work);
        work.State = state;
        work.Due = due;
        work.Since = keepPlace ? work.Since : now;
        work.ParkKey = parkKey;
        work.Sequence = keepPlace ? work.Sequence : ++_sequence;
        Enter(work);
    }

    public void Extend(WorkEntry work, DateTimeOffset until)
    {
        _leased.Remove(work);
        work.LeaseUntil = until;
        _leased.Add(work);
    }

    /// <summary>Makes ready what has become due.</summary>
    public void Promote(DateTimeOffset now)
    {
        while (_waiting.Min is { } work && work.Due <= now)
        {
            Leave(work);
            work.State = WorkState.Ready;
            Enter(work);
        }
    }

    /// <summary>Returns the next claim that has ended.</summary>
    public WorkEntry? Expired(DateTimeOffset now) => _leased.Min is { } work && work.LeaseUntil <= now ? work : null;

    public int CountExpired(DateTimeOffset now) => _leased.TakeWhile(work => work.LeaseUntil <= now).Count();

    public IReadOnlyList<WorkEntry> Claim(ClaimRequest request, DateTimeOffset now)
    {
        var claimed = new List<WorkEntry>();
        var quotas = Quotas(request);
        for (var lane = 0; lane < Lanes; lane++)
        {
            Take(request, lane, quotas[lane], now, claimed);
        }

        return claimed;
    }

    public IReadOnlyList<WorkEntry> ParkedUnder(string key, int max) => _parked.TryGetValue(key, out var parked) ? [.. parked.Take(max)] : [];

    private static IEnumerable<int> KindsOf(ClaimRequest request) =>
        request.Kinds.Count == 0 ? Enumerable.Range(0, Kinds) : request.Kinds.Select(kind => (int)kind).Distinct();

    private int[] Quotas(ClaimRequest request)
    {
        var quotas = new int[Lanes];
        var left = request.Max;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var most = pass == 0 ? request.Reserved.ElementAtOrDefault(lane) : int.MaxValue;
                var ready = KindsOf(request).Sum(kind => _ready[(kind * Lanes) + lane].Count) - quotas[lane];
                var take = Math.Min(left, Math.Min(most, ready));
                quotas[lane] += take;
                left -= take;
            }
        }

        return quotas;
    }

    private void Take(ClaimRequest request, int lane, int count, DateTimeOffset now, List<WorkEntry> claimed)
    {
        while (count > 0)
        {
            foreach (var kind in KindsOf(request))
            {
                if (count > 0 && _ready[(kind * Lanes) + lane] is { Count: > 0 } ring)
                {
                    claimed.Add(Lease(ring.Take(), now, request.LeaseFor));
                    count--;
                }
            }
        }
    }

    private WorkEntry Lease(WorkEntry work, DateTimeOffset now, TimeSpan leaseFor)
    {
        work.State = WorkState.Leased;
        work.LeaseUntil = now + leaseFor;
        work.ClaimedAt = now;
        work.Fence = ++_fence;
        work.Claims++;
        _leased.Add(work);
        return work;
    }

    private void Enter(WorkEntry work)
    {
        switch (work.State)
        {
            case WorkState.Ready:
                Ring(work).Add(work);
                break;
            case WorkState.Waiting:
                _waiting.Add(work);
                break;
            case WorkState.Parked:
                Parked(work.ParkKey!).Add(work);
                break;
        }
    }

    private void Leave(WorkEntry work)
    {
        switch (work.State)
        {
            case WorkState.Ready:
                Ring(work).Remove(work);
                break;
            case WorkState.Waiting:
                _waiting.Remove(work);
                break;
            case WorkState.Leased:
                _leased.Remove(work);
                break;
            case WorkState.Parked when Parked(work.ParkKey!) is var parked && parked.Remove(work) && parked.Count == 0:
                _parked.Remove(work.ParkKey!);
                break;
        }
    }

    private TenantRing Ring(WorkEntry work) => _ready[((int)work.Kind * Lanes) + (int)work.Lane];

    private SortedSet<WorkEntry> Parked(string key)
    {
        if (!_parked.TryGetValue(key, out var parked))
        {
            _parked.Add(key, parked = new(WorkOrder.Instance));
        }

        return parked;
    }
}

namespace Messaging.Storage.Memory;

/// <summary>Where every piece of work stands. Not thread safe: the store's lock guards it.</summary>
internal sealed class WorkQueueImage
{
    private readonly RowTable<WorkRow> _rows = new();
    private readonly ReadyLines _ready;
    private readonly WorkHeap _waiting;
    private readonly WorkHeap _leased;
    private readonly ParkedWork _parked;
    private long _sequence;
    private long _fence;

    public WorkQueueImage(RowTable<TenantRow> tenants)
    {
        _ready = new ReadyLines(_rows, tenants);
        _waiting = new WorkHeap(_rows);
        _leased = new WorkHeap(_rows);
        _parked = new ParkedWork(_rows);
    }

    public WorkItems Items { get; } = new();

    public int Ready => _ready.Count;

    public int Leased => _leased.Count;

    public int Waiting => _waiting.Count;

    public int Parked => _parked.Count;

    /// <summary>Gets when something becomes due or a lease ends; <see cref="long.MaxValue"/> when nothing does.</summary>
    public long NextAt => Math.Min(_waiting.FirstAt, _leased.FirstAt);

    public long OldestReady => _ready.OldestDue();

    /// <summary>Gets about how many bytes of a snapshot are work.</summary>
    public long SnapshotSize => _rows.Written + _waiting.Size + _leased.Size;

    /// <summary>Gets or sets the greatest fence that was given out.</summary>
    public long Fence
    {
        get => _fence;
        set => _fence = value;
    }

    public ref WorkRow this[int row] => ref _rows[row];

    /// <summary>Returns whether work of some of these kinds is ready.</summary>
    public bool HasReady(int kinds) => _ready.Has(kinds);

    public bool HasLost(long now) => _leased.FirstAt <= now;

    /// <summary>Returns what work is parked under; <see langword="null"/> when it is not.</summary>
    public string? ParkKeyOf(int row) => _parked.KeyOf(row);

    public long LeaseEnd(int row) => _leased.AtOf(row);

    /// <summary>Adds work in the state that it starts in; one whose time has come is ready.</summary>
    public int Add(WorkKind kind, int subject, int tenant, MessagePriority lane, WorkState state, long due, string? parkKey, long now)
    {
        var row = _rows.Add();
        ref var work = ref _rows[row];
        work.Subject = subject;
        work.Tenant = tenant;
        work.Kind = (byte)kind;
        work.Lane = (byte)lane;
        Enter(row, state, due, parkKey, now);
        work.Since = now;
        return row;
    }

    public void Remove(int row)
    {
        Leave(row);
        _rows.Remove(row);
    }

    /// <summary>Moves work to another state, where it stands at the end.</summary>
    public void Move(int row, WorkState state, long due, string? parkKey, long now)
    {
        Leave(row);
        Enter(row, state, due, parkKey, now);
        _rows[row].Since = now;
    }

    /// <summary>Puts claimed work back where it stood.</summary>
    public void HandBack(int row)
    {
        Leave(row);
        _rows[row].State = (byte)WorkState.Ready;
        _ready.Add(row);
    }

    public void Extend(int row, long until)
    {
        _leased.Remove(row);
        _leased.Add(row, until);
    }

    /// <summary>Makes ready what has become due first.</summary>
    /// <returns>Its row; 0 when nothing has become due.</returns>
    public int Promote(long now)
    {
        if (_waiting.FirstAt > now)
        {
            return 0;
        }

        var row = _waiting.FirstRow;
        Leave(row);
        _rows[row].State = (byte)WorkState.Ready;
        _ready.Add(row);
        return row;
    }

    /// <summary>Lists the claims whose time is over, the youngest first.</summary>
    public List<int> Lost(long now)
    {
        var lost = new List<int>();
        _leased.ListDue(now, lost);
        lost.Sort((a, b) => _rows[b].Sequence.CompareTo(_rows[a].Sequence));
        return lost;
    }

    /// <summary>Puts work whose claim has ended back where it stood.</summary>
    public void Lose(int row)
    {
        ref var work = ref _rows[row];
        work.Since = work.ClaimedAt;
        work.Call = work.Call == CallMark.None ? CallMark.None : CallMark.Lost;
        HandBack(row);
    }

    /// <summary>Returns the work if the lease is its current one; 0 otherwise.</summary>
    public int Held(int row, long fence) => row != 0 && _rows[row] is { State: (byte)WorkState.Leased } work && work.Fence == fence ? row : 0;

    /// <summary>Says how many of each lane a claim gets: first what is reserved, then the rest from the top.</summary>
    public void Share(ClaimRequest request, ReadOnlySpan<int> kinds, Span<int> shares)
    {
        var left = request.Max;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var lane = 0; lane < ReadyLines.Lanes; lane++)
            {
                var most = pass > 0 ? int.MaxValue : lane < request.Reserved.Count ? request.Reserved[lane] : 0;
                var share = Math.Min(left, Math.Min(most, ReadyIn(lane, kinds) - shares[lane]));
                shares[lane] += share;
                left -= share;
            }
        }
    }

    /// <summary>Claims a share of a lane, kinds in turn.</summary>
    public void Claim(int lane, int share, ReadOnlySpan<int> kinds, long now, long until, Span<int> claimed)
    {
        for (var count = 0; count < share;)
        {
            foreach (var kind in kinds)
            {
                if (count < share && _ready.CountOf(lane, kind) > 0)
                {
                    claimed[count++] = Lease(_ready.Take(lane, kind), now, until);
                }
            }
        }
    }

    /// <summary>Claims certain work under a fence that it was given before.</summary>
    public void ClaimAgain(int row, long fence, long now, long until)
    {
        Leave(row);
        _fence = fence - 1;
        Lease(row, now, until);
    }

    public int FirstParked(string key) => _parked.FirstOf(key);

    public Action<BinaryWriter> Freeze()
    {
        var (sequence, fence) = (_sequence, _fence);
        return _rows.Freeze().Write + Items.Freeze() + _ready.Freeze() + _waiting.Freeze() + _leased.Freeze() + _parked.Freeze() + (writer =>
        {
            writer.Write(sequence);
            writer.Write(fence);
        });
    }

    public void Thaw()
    {
        _rows.Thaw();
        Items.Thaw();
        _ready.Thaw();
        _parked.Thaw();
    }

    public void Load(BinaryReader reader)
    {
        _rows.Load(reader);
        Items.Load(reader);
        _ready.Load(reader);
        _waiting.Load(reader);
        _leased.Load(reader);
        _parked.Load(reader);
        (_sequence, _fence) = (reader.ReadInt64(), reader.ReadInt64());
    }

    private int ReadyIn(int lane, ReadOnlySpan<int> kinds)
    {
        var ready = 0;
        foreach (var kind in kinds)
        {
            ready += _ready.CountOf(lane, kind);
        }

        return ready;
    }

    private int Lease(int row, long now, long until)
    {
        ref var work = ref _rows[row];
        work.State = (byte)WorkState.Leased;
        work.ClaimedAt = now;
        work.Fence = ++_fence;
        work.Claims++;
        _leased.Add(row, until);
        return row;
    }

    private void Enter(int row, WorkState state, long due, string? parkKey, long now)
    {
        ref var work = ref _rows[row];
        var waits = state == WorkState.Waiting && due > now;
        work.State = (byte)(waits || state == WorkState.Parked ? state : WorkState.Ready);
        work.Due = waits ? due : now;
        work.Sequence = ++_sequence;
        if (waits)
        {
            _waiting.Add(row, due);
        }
        else if (state == WorkState.Parked)
        {
            _parked.Add(row, parkKey ?? "");
        }
        else
        {
            _ready.Add(row);
        }
    }

    private void Leave(int row)
    {
        switch (_rows[row].Stands)
        {
            case WorkState.Ready:
                _ready.Remove(row);
                break;
            case WorkState.Waiting:
                _waiting.Remove(row);
                break;
            case WorkState.Leased:
                _leased.Remove(row);
                break;
            case WorkState.Parked:
                _parked.Remove(row);
                break;
        }

        (_rows[row].Next, _rows[row].Previous) = (0, 0);
    }
}

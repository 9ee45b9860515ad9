namespace Messaging.Dispatching;

/// <summary>The work of one account, done by so many at a time. Workers come as they are needed, and go when nothing is left.</summary>
/// <remarks>The most urgent goes first, and of those tenants take turns; every eighth turn belongs to the least urgent, so that nobody starves.</remarks>
internal sealed class Lane(int most, Func<HeldWork, ValueTask<bool>> run, TimeProvider time)
{
    private const int Lanes = 4;
    private const int Smoothing = 16;

    /// <summary>Workers that are started without waiting to see whether the first one blocks: calls that end at once need no more.</summary>
    private static readonly int s_eager = Math.Max(2, Environment.ProcessorCount);

    private readonly Lock _gate = new();
    private readonly TenantTurns?[] _queues = new TenantTurns?[Lanes];
    private int _count;
    private int _running;
    private int _turn;
    private long _lastTake = time.GetTimestamp();
    private double _interval;

    /// <summary>Gets a value indicating whether nothing is queued and nobody works.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _count == 0 && _running == 0;
            }
        }
    }

    /// <summary>Gets how much of it is done at a time.</summary>
    public int Most => most;

    /// <summary>Gets how far apart turns are.</summary>
    public TimeSpan Interval
    {
        get
        {
            lock (_gate)
            {
                return TimeSpan.FromSeconds(_interval);
            }
        }
    }

    /// <summary>Queues work.</summary>
    /// <param name="works">Where the work stands.</param>
    /// <param name="first">The first to queue.</param>
    /// <param name="count">How many.</param>
    public void Enqueue(IReadOnlyList<HeldWork> works, int first, int count)
    {
        int start;
        lock (_gate)
        {
            if (_count == 0 && _running == 0)
            {
                _lastTake = time.GetTimestamp();
            }

            for (var i = first; i < first + count; i++)
            {
                Add(works[i]);
            }

            start = Math.Min(Math.Min(most, s_eager) - _running, _count);
            _running += Math.Max(0, start);
        }

        while (start-- > 0)
        {
            Start();
        }
    }

    /// <summary>Returns how long new work would wait here, and how far apart turns are.</summary>
    /// <param name="tenant">Whose work it is.</param>
    /// <param name="priority">How urgent it is.</param>
    public LaneLoad Measure(TenantId tenant, MessagePriority priority)
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                return default;
            }

            var queue = _queues[(int)priority];
            return new LaneLoad(Wait(), TimeSpan.FromSeconds(_interval), _count, queue?.CountOf(tenant) ?? 0, queue?.Tenants ?? 0);
        }
    }

    /// <summary>Takes out everything that is queued when no turn came for so long.</summary>
    public List<HeldWork> TakeStuck(TimeSpan after)
    {
        List<HeldWork> stuck = [];
        lock (_gate)
        {
            if (_count > 0 && _running >= most && time.GetElapsedTime(_lastTake) >= after)
            {
                Drain(stuck);
            }
        }

        return stuck;
    }

    /// <summary>Takes out what would wait longer than that, except so much, and except what is critical.</summary>
    public List<HeldWork> TakeExcess(TimeSpan longest, int keep)
    {
        List<HeldWork> excess = [];
        lock (_gate)
        {
            if (_count > keep && _running >= most && Wait() > longest)
            {
                List<HeldWork> all = [];
                Drain(all);
                foreach (var held in all)
                {
                    if (keep-- > 0 || held.Lane == MessagePriority.Critical)
                    {
                        Add(held);
                    }
                    else
                    {
                        excess.Add(held);
                    }
                }
            }
        }

        return excess;
    }

    /// <summary>Frees the place of a call that does not come back.</summary>
    public void GiveUp()
    {
        lock (_gate)
        {
            _running--;
        }

        Ramp();
    }

    private void Start() => ThreadPool.UnsafeQueueUserWorkItem(static lane => _ = lane.WorkAsync(), this, preferLocal: false);

    private async Task WorkAsync()
    {
        while (Take() is { } held)
        {
            var running = run(held);
            if (!running.IsCompleted)
            {
                Ramp();
            }

            if (!await running.ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>Starts one more worker when one has to wait for an answer and there is more to do.</summary>
    private void Ramp()
    {
        lock (_gate)
        {
            if (_count == 0 || _running >= most)
            {
                return;
            }

            _running++;
        }

        Start();
    }

    private HeldWork? Take()
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                _running--;
                return null;
            }

            var now = time.GetTimestamp();
            _interval += (time.GetElapsedTime(_lastTake, now).TotalSeconds - _interval) / Smoothing;
            _lastTake = now;
            return Dequeue((++_turn & 7) == 0);
        }
    }

    private void Add(HeldWork held)
    {
        (_queues[(int)held.Lane] ??= new()).Enqueue(held);
        _count++;
    }

    private TimeSpan Wait()
    {
        var since = time.GetElapsedTime(_lastTake);
        var queued = TimeSpan.FromSeconds(_interval * _count);
        return since > queued ? since : queued;
    }

    private void Drain(List<HeldWork> into)
    {
        while (Dequeue(leastUrgent: false) is { } held)
        {
            into.Add(held);
        }
    }

    private HeldWork? Dequeue(bool leastUrgent)
    {
        for (var i = 0; i < Lanes; i++)
        {
            if (_queues[leastUrgent ? Lanes - 1 - i : i] is { } queue && queue.TryDequeue(out var held))
            {
                _count--;
                return held;
            }
        }

        return null;
    }
}

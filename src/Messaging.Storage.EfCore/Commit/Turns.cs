namespace Messaging.Storage.EfCore.Commit;

/// <summary>
/// Gives each piece of work its tenant's next turn in its lane (start-time fair queueing), so that a claim, which goes by turn, takes
/// from all tenants side by side without counting anything. A newcomer begins where the lane stands now. Safe for concurrent use.
/// </summary>
/// <remarks>Each node counts for itself and notes its counts in the database now and then; between two notes nodes may give one tenant the same turns.</remarks>
internal sealed class Turns
{
    public const int Lanes = 4;

    /// <summary>From this many tenants on, those that are not ahead of the clock are forgotten: they would start there anyway.</summary>
    private const int ForgetFrom = 4096;

    private readonly Lock _gate = new();
    private readonly long[] _clocks = new long[Lanes];
    private readonly Dictionary<(short Lane, string Tenant), long> _last = [];
    private readonly HashSet<(short Lane, string Tenant)> _unnoted = [];
    private int _forgetAt = ForgetFrom;

    public Turns() => Commits = new OpenCommits(this);

    /// <summary>Gets the commits that are giving turns.</summary>
    public OpenCommits Commits { get; }

    /// <summary>Returns where the lanes stand: the last turn that was claimed in each. No turn that is given from now on is less.</summary>
    public long[] Clocks()
    {
        lock (_gate)
        {
            return [.. _clocks];
        }
    }

    /// <summary>Returns the next turn of a tenant.</summary>
    public long Next(short lane, string tenant)
    {
        lock (_gate)
        {
            var key = (lane, tenant);
            var turn = Math.Max(_last.TryGetValue(key, out var last) ? last + 1 : 0, _clocks[lane]);
            _last[key] = turn;
            _unnoted.Add(key);
            if (_last.Count >= _forgetAt)
            {
                Forget();
            }

            return turn;
        }
    }

    /// <summary>Moves a lane's clock on: work of this turn was claimed.</summary>
    public void Claimed(short lane, long turn)
    {
        lock (_gate)
        {
            _clocks[lane] = Math.Max(_clocks[lane], turn);
        }
    }

    /// <summary>Takes in what another node, or this one in an earlier life, has given.</summary>
    public void Learn(short lane, string tenant, long turn)
    {
        lock (_gate)
        {
            var key = (lane, tenant);
            _last[key] = _last.TryGetValue(key, out var last) ? Math.Max(last, turn) : turn;
        }
    }

    /// <summary>Returns what was given since the last time, to be noted in the database.</summary>
    public List<(short Lane, string Tenant, long Turn)> TakeUnnoted()
    {
        lock (_gate)
        {
            var turns = new List<(short, string, long)>(_unnoted.Count);
            foreach (var key in _unnoted)
            {
                if (_last.TryGetValue(key, out var turn))
                {
                    turns.Add((key.Lane, key.Tenant, turn));
                }
            }

            _unnoted.Clear();
            return turns;
        }
    }

    private void Forget()
    {
        foreach (var (key, turn) in _last)
        {
            if (turn < _clocks[key.Lane])
            {
                _last.Remove(key);
                _unnoted.Remove(key);
            }
        }

        _forgetAt = Math.Max(ForgetFrom, _last.Count * 2);
    }
}

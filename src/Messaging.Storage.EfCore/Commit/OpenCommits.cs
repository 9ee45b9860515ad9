namespace Messaging.Storage.EfCore.Commit;

/// <summary>
/// Knows which commits of this process give turns that a claim may not have seen: those under way at its end, and those that ended in the midst of it.
/// Their work stands no further in front than where its lane was when they began. Safe for concurrent use.
/// </summary>
internal sealed class OpenCommits(Turns turns)
{
    private readonly Lock _gate = new();
    private readonly List<OpenCommit> _open = [];
    private readonly long[] _endedMeanwhile = new long[Turns.Lanes];
    private int _claims;

    /// <summary>Begins a commit, before it asks for turns; it ends when it is disposed of, once its work can be seen or never will be.</summary>
    public IDisposable Begin()
    {
        var commit = new OpenCommit(this, turns.Clocks());
        lock (_gate)
        {
            _open.Add(commit);
        }

        return commit;
    }

    /// <summary>Begins a claim, before it looks.</summary>
    public void BeginClaim()
    {
        lock (_gate)
        {
            if (_claims++ == 0)
            {
                _endedMeanwhile.AsSpan().Fill(long.MaxValue);
            }
        }
    }

    /// <summary>Ends a claim.</summary>
    /// <returns>For each lane the least turn of work that it may not have seen.</returns>
    public long[] EndClaim()
    {
        lock (_gate)
        {
            _claims--;
            long[] unseen = [.. _endedMeanwhile];
            _open.ForEach(commit => Lower(unseen, commit.Clocks));
            return unseen;
        }
    }

    private void End(OpenCommit commit)
    {
        lock (_gate)
        {
            if (_open.Remove(commit) && _claims > 0)
            {
                Lower(_endedMeanwhile, commit.Clocks);
            }
        }
    }

    private static void Lower(long[] turns, long[] to)
    {
        for (var lane = 0; lane < turns.Length; lane++)
        {
            turns[lane] = Math.Min(turns[lane], to[lane]);
        }
    }

    private sealed class OpenCommit(OpenCommits all, long[] clocks) : IDisposable
    {
        public long[] Clocks => clocks;

        public void Dispose() => all.End(this);
    }
}

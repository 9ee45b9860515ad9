namespace Messaging.Benchmarks.Measuring;

/// <summary>The longest collection pause while it is watched; looked at after every collection.</summary>
internal sealed class GcPauses : IDisposable
{
    private readonly Timer _timer;
    private long _longestTicks;

    public GcPauses() => _timer = new Timer(_ => Look(), null, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));

    public double LongestMs
    {
        get
        {
            Look();
            return TimeSpan.FromTicks(Interlocked.Read(ref _longestTicks)).TotalMilliseconds;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        foreach (var kind in (ReadOnlySpan<GCKind>)[GCKind.Ephemeral, GCKind.FullBlocking, GCKind.Background])
        {
            foreach (var pause in GC.GetGCMemoryInfo(kind).PauseDurations)
            {
                var seen = Interlocked.Read(ref _longestTicks);
                while (pause.Ticks > seen)
                {
                    seen = Interlocked.CompareExchange(ref _longestTicks, pause.Ticks, seen) is var now && now == seen ? pause.Ticks : now;
                }
            }
        }
    }
}

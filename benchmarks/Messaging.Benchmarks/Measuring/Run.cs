using System.Diagnostics;

namespace Messaging.Benchmarks.Measuring;

/// <summary>Time and allocation from its making until <see cref="Stop"/>.</summary>
internal sealed class Run
{
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);
    private readonly TimeSpan _paused = GC.GetTotalPauseDuration();
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>How long it has been running.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public double Seconds { get; private set; }

    public long AllocatedBytes { get; private set; }

    public double GcPauseMs { get; private set; }

    public void Stop()
    {
        Seconds = Elapsed.TotalSeconds;
        AllocatedBytes = GC.GetTotalAllocatedBytes(precise: true) - _allocated;
        GcPauseMs = (GC.GetTotalPauseDuration() - _paused).TotalMilliseconds;
    }
}

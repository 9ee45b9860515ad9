using System.Diagnostics;

namespace Messaging.Benchmarks.Measuring;

/// <summary>Runs a smaller copy of the workload until the runtime has compiled the hot paths for good: a few seconds, not one round.</summary>
internal static class WarmUp
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(6);

    public static async Task RunAsync(Func<Task> round)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            await round();
        }
        while (Stopwatch.GetElapsedTime(start) < Enough);
    }
}

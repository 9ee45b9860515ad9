using System.Diagnostics;
using System.Runtime;

namespace Messaging.Benchmarks.Measuring;

/// <summary>Runs a smaller copy of the workload until the runtime has compiled the hot paths for good: it is warm when a round has the compiler do next to nothing.</summary>
internal static class WarmUp
{
    private const double Little = 0.03; // of a round's time, by one compiling thread

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Func<Task> round)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var (began, compiled) = (Stopwatch.GetTimestamp(), JitInfo.GetCompilationTime());
            await round();
            var share = (JitInfo.GetCompilationTime() - compiled) / Stopwatch.GetElapsedTime(began);
            var elapsed = Stopwatch.GetElapsedTime(start);
            if ((elapsed >= Enough && share < Little) || elapsed >= AtMost)
            {
                return;
            }
        }
    }
}

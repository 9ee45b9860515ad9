using System.Diagnostics;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

/// <summary>Open-loop arrivals: a send that is late counts from the moment at which it was due, so a stall is not hidden.</summary>
internal static class Arrivals
{
    public static async Task RunAsync(int n, int rate, Latencies latencies, Func<int, Task> send)
    {
        var start = Stopwatch.GetTimestamp();
        var sends = new List<Task>(n);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var i = 0;
        while (i < n && await timer.WaitForNextTickAsync())
        {
            var due = Math.Min(n, (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * rate) + 1);
            for (; i < due; i++)
            {
                latencies.StartAt(i, start + (long)((double)i / rate * Stopwatch.Frequency));
                sends.Add(send(i));
            }
        }

        await Task.WhenAll(sends);
    }
}

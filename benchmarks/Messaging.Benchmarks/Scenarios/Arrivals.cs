using System.Diagnostics;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

/// <summary>Open-loop arrivals: a send that is late counts from the moment at which it was due, so a stall is not hidden.</summary>
internal static class Arrivals
{
    /// <summary>Makes calls at a fixed rate, and waits until all of them have returned.</summary>
    /// <returns>How late the calls were made: the part of the figures that the machine and the benchmark add, and a library that takes both processors.</returns>
    public static async Task<Latencies> RunAsync(int n, int rate, Latencies latencies, Func<int, Task> send)
    {
        var lateness = new Latencies(n);
        var sends = new List<Task>(n);

        // A thread of its own: it neither waits for a timer's tick, nor behind the work that it causes.
        await Task.Factory.StartNew(() => Pace(n, rate, latencies, lateness, i => sends.Add(send(i))), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(sends);
        return lateness;
    }

    private static void Pace(int n, int rate, Latencies latencies, Latencies lateness, Action<int> send)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < n; i++)
        {
            var due = start + (long)((double)i / rate * Stopwatch.Frequency);
            while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var left && left > TimeSpan.Zero)
            {
                ShortSleep.For(left);
            }

            latencies.StartAt(i, due);
            lateness.StartAt(i, due);
            lateness.Arrive(i);
            send(i);
        }
    }
}

using System.Diagnostics;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

/// <summary>What the disk does by itself: the floor under every figure of a durable store.</summary>
internal sealed class DiskScenario : IScenario
{
    private const int Room = 64 * 1024 * 1024;

    public string Name => "disk";

    public string Help => "A bare write and flush of a few bytes into a file that was made before, as fast as it goes, then at a fixed rate. --path DIRECTORY --bytes 2048 --rate 1000 --seconds 10";

    public Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        var directory = options.Text("path") ?? Path.GetTempPath();
        var bytes = new byte[options.Int("bytes", 2048)];
        var rate = options.Int("rate", 1_000);
        var seconds = options.Int("seconds", 10);
        options.RefuseUnknown();

        using var file = File.OpenHandle(
            Path.Combine(directory, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        RandomAccess.Write(file, new byte[Room], 0);
        Disks.Settle();
        var fast = Flushes(rate * seconds, 0);
        var paced = Flushes(rate * seconds, rate);
        return Task.FromResult(new ScenarioResult(fast.N, fast.Seconds)
        {
            AllocatedBytes = 0,
            Extra = { ["rate"] = rate, ["p50Ms"] = paced.Latency.P50Ms, ["p99Ms"] = paced.Latency.P99Ms, ["maxMs"] = paced.Latency.MaxMs },
        });

        (int N, double Seconds, Percentiles Latency) Flushes(int n, int rate)
        {
            var latencies = new Latencies(n);
            var run = new Run();
            for (var i = 0; i < n; i++)
            {
                var due = rate == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)i / rate) - run.Elapsed;
                if (due > TimeSpan.Zero)
                {
                    ShortSleep.For(due);
                }

                latencies.Start(i);
                RandomAccess.Write(file, bytes, (long)i * bytes.Length % (Room - bytes.Length));
                RandomAccess.FlushToDisk(file);
                latencies.Arrive(i);
            }

            run.Stop();
            return (n, run.Seconds, latencies.Measure());
        }
    }
}

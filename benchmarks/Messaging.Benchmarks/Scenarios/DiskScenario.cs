using System.Diagnostics;
using Messaging.Benchmarks.Measuring;
using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;

namespace Messaging.Benchmarks.Scenarios;

/// <summary>What the disk does by itself: the floor under every figure of a durable store. And how near to it the journal's way to write comes.</summary>
internal sealed class DiskScenario : IScenario
{
    private const int Room = 64 * 1024 * 1024;

    public string Name => "disk";

    public string Help =>
        "A bare write and flush of a few bytes into a file that was made before, as fast as it goes, then at a fixed rate; then in turn with the journal's way to write, beside threads that compute. --path DIRECTORY --bytes 2048 --rate 1000 --seconds 10 --busy 2 --rounds 6";

    public Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        var directory = options.Text("path") ?? Path.GetTempPath();
        var bytes = new byte[options.Int("bytes", 2048)];
        var rate = options.Int("rate", 1_000);
        var seconds = options.Int("seconds", 10);
        var busy = options.Int("busy", 2);
        var rounds = options.Int("rounds", 6);
        options.RefuseUnknown();

        var name = Path.GetRandomFileName();
        using var file = File.OpenHandle(
            Path.Combine(directory, name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite, FileOptions.DeleteOnClose);
        RandomAccess.Write(file, new byte[Room], 0);
        Disks.Settle();
        var fast = Flushes(rate * seconds, 0);
        var paced = Flushes(rate * seconds, rate);
        var (ordinary, journal) = InTurn(new JournalDisk(directory), name, bytes, busy, rounds);
        return Task.FromResult(new ScenarioResult(fast.N, fast.Seconds)
        {
            AllocatedBytes = 0,
            Extra =
            {
                ["rate"] = rate, ["p50Ms"] = paced.Latency.P50Ms, ["p99Ms"] = paced.Latency.P99Ms, ["maxMs"] = paced.Latency.MaxMs,
                ["busy"] = busy, ["perSecondBusy"] = Math.Round(ordinary), ["journalPerSecondBusy"] = Math.Round(journal), ["journalRatio"] = journal / ordinary,
            },
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

    /// <summary>Writes in the ordinary way and in the journal's for a second each, several times, while other threads work and rest as callers do.</summary>
    /// <returns>Durable writes a second, each way.</returns>
    private static (double Ordinary, double Journal) InTurn(JournalDisk disk, string name, byte[] bytes, int busy, int rounds)
    {
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(0, busy).Select(_ => new Thread(() => Work(stop.Token))).ToList();
        workers.ForEach(worker => worker.Start());
        var (ordinary, journal) = (0.0, 0.0);
        for (var round = 0; round < rounds; round++)
        {
            ordinary += OnThread(() => disk.Open(name, write: true), isPrompt: false, bytes) / rounds;
            journal += OnThread(() => disk.OpenLog(name), isPrompt: true, bytes) / rounds;
        }

        stop.Cancel();
        workers.ForEach(worker => worker.Join());
        return (ordinary, journal);
    }

    private static double OnThread(Func<IJournalFile> open, bool isPrompt, byte[] bytes)
    {
        var perSecond = 0.0;
        var thread = new Thread(() =>
        {
            if (isPrompt)
            {
                _ = ShortSlice.TryAsk();
            }

            using var file = open();
            var (n, started) = (0, Stopwatch.GetTimestamp());
            for (; Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1); n++)
            {
                var place = (long)n * bytes.Length % (Room - (2 * bytes.Length));
                if (!file.TryWriteThrough(bytes, place))
                {
                    file.Write(bytes, place);
                    file.Flush();
                }
            }

            perSecond = n / Stopwatch.GetElapsedTime(started).TotalSeconds;
        });
        thread.Start();
        thread.Join();
        return perSecond;
    }

    private static void Work(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMicroseconds(200))
            {
                // Only the processor is used.
            }

            ShortSleep.For(TimeSpan.FromMicroseconds(50));
        }
    }
}

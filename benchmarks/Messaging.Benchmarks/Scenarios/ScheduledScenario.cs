using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class ScheduledScenario : IScenario
{
    public string Name => "scheduled";

    public string Help => "A stream of due messages beside a backlog that is due tomorrow, in turn with one beside none. --store memory --backlog 1000000 --rate 1000 --seconds 5 --rounds 5";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        await using var store = BenchmarkStore.Open(options);
        var backlog = options.Int("backlog", 1_000_000);
        var rate = options.Int("rate", 1_000);
        var seconds = options.Int("seconds", 5);
        var rounds = options.Int("rounds", 5);
        options.RefuseUnknown();

        // A machine's speed changes by more than what is looked for: each measurement is held against the ones before and after it.
        await MeasureAsync(store, 10_000, rate, 3);
        var without = new List<Stream> { await MeasureAsync(store, 0, rate, seconds) };
        var beside = new List<Stream>();
        for (var i = 0; i < rounds; i++)
        {
            beside.Add(await MeasureAsync(store, backlog, rate, seconds));
            without.Add(await MeasureAsync(store, 0, rate, seconds));
        }

        var all = beside.Concat(without).ToList();
        return new ScenarioResult(beside.Sum(stream => stream.Sent), beside.Sum(stream => stream.Seconds))
        {
            AllocatedBytes = 0,
            Lost = all.Sum(stream => stream.Lost),
            Wrong = all.Select(stream => stream.Wrong).FirstOrDefault(wrong => wrong is not null),
            Extra =
            {
                ["store"] = store.Name, ["backlog"] = backlog, ["perSecondWithout"] = Math.Round(Median(without.Select(stream => stream.PerSecond))),
                ["ratio"] = Median(beside.Select((stream, i) => stream.PerSecond / ((without[i].PerSecond + without[i + 1].PerSecond) / 2))),
                ["p99Ms"] = Median(beside.Select(stream => stream.Latency.P99Ms)), ["p99MsWithout"] = Median(without.Select(stream => stream.Latency.P99Ms)),
                ["rssMbWithBacklog"] = beside.Max(stream => stream.RssMb),
            },
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static async Task<Stream> MeasureAsync(BenchmarkStore store, int backlog, int rate, int seconds)
    {
        var arrivals = rate * seconds;
        var most = arrivals + (seconds * 200_000);
        var latencies = new Latencies(most);
        var channel = new CountingChannel(most, latencies);
        await using var host = await BenchmarkHost.StartAsync(store, m => m.AddCounting(channel));
        if (backlog > 0)
        {
            await host.Hub.SendBulkAsync(BulkSends.Request(0, backlog) with { Message = BulkSends.Request(0, 0).Message with { SendAt = DateTimeOffset.UtcNow.AddDays(1) } });
        }

        // First at a fixed rate, for the latency; then as fast as it goes, for the rate. What filling left to the disk is not part of either.
        Disks.Settle();
        GC.Collect();
        var rss = ProcessMemory.RssBytes() >> 20;
        await Arrivals.RunAsync(arrivals, rate, latencies, i => host.Hub.SendAsync(SingleSends.Plain(i)));
        await channel.WaitForAsync(arrivals);
        var latency = latencies.Measure();

        Disks.Settle();
        var run = new Run();
        var sent = await SingleSends.ForAsync(host.Hub, 64, arrivals, most, TimeSpan.FromSeconds(seconds));
        await channel.WaitForAsync(arrivals + sent);
        run.Stop();

        // Counting what became of everything reads the backlog too; that is not part of what is measured.
        var wrong = await Settling.WaitAsync(host, arrivals + sent);
        return new Stream(sent, run.Seconds, latency, arrivals + sent - channel.Count, wrong, rss);
    }

    private sealed record Stream(int Sent, double Seconds, Percentiles Latency, long Lost, string? Wrong, long RssMb)
    {
        public double PerSecond => Sent / Seconds;
    }
}

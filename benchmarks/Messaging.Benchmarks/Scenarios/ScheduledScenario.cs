using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class ScheduledScenario : IScenario
{
    public string Name => "scheduled";

    public string Help => "A stream of due messages beside a backlog that is due tomorrow, and beside none before and after it. --store memory --backlog 1000000 --rate 1000 --seconds 10";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        await using var store = BenchmarkStore.Open(options);
        var backlog = options.Int("backlog", 1_000_000);
        var rate = options.Int("rate", 1_000);
        var seconds = options.Int("seconds", 10);
        options.RefuseUnknown();

        await MeasureAsync(store, 10_000, rate, 3);
        var before = await MeasureAsync(store, 0, rate, seconds);
        var beside = await MeasureAsync(store, backlog, rate, seconds);
        var after = await MeasureAsync(store, 0, rate, seconds);
        return new ScenarioResult(beside.Sent, beside.Seconds)
        {
            AllocatedBytes = 0,
            Lost = before.Lost + beside.Lost + after.Lost,
            Wrong = before.Wrong ?? beside.Wrong ?? after.Wrong,
            Extra =
            {
                ["store"] = store.Name, ["backlog"] = backlog, ["perSecondBefore"] = Math.Round(before.PerSecond), ["perSecondAfter"] = Math.Round(after.PerSecond),
                ["ratio"] = beside.PerSecond / ((before.PerSecond + after.PerSecond) / 2),
                ["p99Ms"] = beside.Latency.P99Ms, ["p99MsWithout"] = (before.Latency.P99Ms + after.Latency.P99Ms) / 2,
                ["rssMbWithBacklog"] = beside.RssMb,
            },
        };
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

        // First at a fixed rate, for the latency; then as fast as it goes, for the rate.
        GC.Collect();
        var rss = ProcessMemory.RssBytes() >> 20;
        await Arrivals.RunAsync(arrivals, rate, latencies, i => host.Hub.SendAsync(SingleSends.Plain(i)));
        await channel.WaitForAsync(arrivals);
        var latency = latencies.Measure();

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

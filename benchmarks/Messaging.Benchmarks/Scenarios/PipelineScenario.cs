using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class PipelineScenario : IScenario
{
    public string Name => "pipeline";

    public string Help => "Single sends through everything: validate, gates, render a 2 KB booking mail, store, dispatch to a no-op channel. --n 500000 --store memory --callers 64";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        var n = options.Int("n", 500_000);
        await using var store = BenchmarkStore.Open(options);
        var callers = options.Int("callers", 64);
        options.RefuseUnknown();

        await WarmUp.RunAsync(() => MeasureAsync(Math.Min(n, 50_000), store, callers));
        return await MeasureAsync(n, store, callers);
    }

    private static async Task<ScenarioResult> MeasureAsync(int n, BenchmarkStore store, int callers)
    {
        var latencies = new Latencies(n);
        var channel = new CountingChannel(n, latencies, minBodyBytes: 1_800);
        await using var host = await BenchmarkHost.StartAsync(store, m => m.UseBookingTemplates().AddCounting(channel));
        GC.Collect();
        using var pauses = new GcPauses();
        var run = new Run();
        await SingleSends.RunAsync(host.Hub, n, callers, SingleSends.Booking, latencies);
        await channel.All.WaitAsync(TimeSpan.FromMinutes(5));
        run.Stop();

        var settled = await Settling.WaitAsync(host, n);
        var latency = latencies.Measure();
        return new ScenarioResult(n, run.Seconds)
        {
            AllocatedBytes = run.AllocatedBytes,
            Lost = channel.Lost,
            Duplicated = channel.Duplicated,
            Wrong = channel.Bad > 0 ? $"{channel.Bad} messages without a body" : settled,
            Extra =
            {
                ["store"] = store.Name, ["callers"] = callers, ["p50Ms"] = latency.P50Ms, ["p99Ms"] = latency.P99Ms,
                ["gcPauseMs"] = run.GcPauseMs, ["longestGcPauseMs"] = pauses.LongestMs,
                ["gen2"] = GC.CollectionCount(2),
            },
        };
    }
}

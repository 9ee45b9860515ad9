using System.Diagnostics;
using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class LatencyScenario : IScenario
{
    public string Name => "latency";

    public string Help => "Open-loop arrivals at a fixed rate, from the call to the channel. --store memory --rate 1000 --seconds 30";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        await using var store = BenchmarkStore.Open(options);
        var rate = options.Int("rate", 1_000);
        var seconds = options.Int("seconds", 30);
        options.RefuseUnknown();

        await WarmUp.RunAsync(() => MeasureAsync(store, rate, Math.Min(3, seconds)));
        return await MeasureAsync(store, rate, seconds);
    }

    private static async Task<ScenarioResult> MeasureAsync(BenchmarkStore store, int rate, int seconds)
    {
        var n = rate * seconds;
        var latencies = new Latencies(n);
        var channel = new CountingChannel(n, latencies);
        await using var host = await BenchmarkHost.StartAsync(store, m => m.UseBookingTemplates().AddCounting(channel));
        Disks.Settle();
        using var flushes = new Flushes();
        var run = new Run();
        var answers = new Latencies(n);
        var lateness = await Arrivals.RunAsync(n, rate, latencies, i => SendAsync(host, i, answers));
        await channel.All.WaitAsync(TimeSpan.FromMinutes(1));
        run.Stop();
        var (latency, fromCall, late) = (latencies.Measure(), latencies.MeasureFromCall(lateness), lateness.Measure());
        var (answer, flush) = (answers.Measure(), flushes.Measure());
        return new ScenarioResult(n, run.Seconds)
        {
            AllocatedBytes = run.AllocatedBytes,
            Lost = channel.Lost,
            Duplicated = channel.Duplicated,
            Wrong = await Settling.WaitAsync(host, n),
            Extra =
            {
                ["store"] = store.Name, ["rate"] = rate, ["p50Ms"] = latency.P50Ms, ["p99Ms"] = latency.P99Ms, ["maxMs"] = latency.MaxMs,
                ["fromCallP50Ms"] = fromCall.P50Ms, ["fromCallP99Ms"] = fromCall.P99Ms,
                ["answerP50Ms"] = answer.P50Ms, ["answerP99Ms"] = answer.P99Ms, ["callLateP50Ms"] = late.P50Ms, ["callLateP99Ms"] = late.P99Ms,
                ["flushP50Ms"] = flush.P50Ms, ["flushP99Ms"] = flush.P99Ms, ["flushMaxMs"] = flush.MaxMs,
            },
        };
    }

    private static async Task SendAsync(BenchmarkHost host, int i, Latencies answers)
    {
        answers.Start(i);
        await host.Hub.SendAsync(SingleSends.Booking(i));
        answers.Arrive(i);
    }
}

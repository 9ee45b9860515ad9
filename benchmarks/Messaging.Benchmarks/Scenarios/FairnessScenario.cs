using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class FairnessScenario : IScenario
{
    private static readonly TenantId Crowd = new("a");
    private static readonly TenantId Single = new("b");

    public string Name => "fairness";

    public string Help => "Tenant A has a backlog queued, tenant B sends one message a second into it; beside B alone. --store memory --backlog 100000 --sends 10 --perSecond 1";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        await using var store = BenchmarkStore.Open(options);
        var backlog = options.Int("backlog", 100_000);
        var sends = options.Int("sends", 10);
        var perSecond = options.Int("perSecond", 1);
        options.RefuseUnknown();

        await MeasureAsync(store, 1_000, 20, 100);
        var idle = await MeasureAsync(store, 0, sends, perSecond);
        var crowded = await MeasureAsync(store, backlog, sends, perSecond);
        crowded.Extra["idleBP99Ms"] = idle.Extra["bP99Ms"];
        return crowded;
    }

    private static async Task<ScenarioResult> MeasureAsync(BenchmarkStore store, int backlog, int sends, int perSecond)
    {
        // Numbers from 0 are B's, the rest A's. A's channel keeps the backlog standing by taking its time.
        var latencies = new Latencies(sends);
        var channel = new PacedChannel(sends, backlog, latencies);
        await using var host = await BenchmarkHost.StartAsync(store, m => m.AddCounting(channel));
        if (backlog > 0)
        {
            await host.Hub.ForTenant(Crowd).SendBulkAsync(BulkSends.Request(sends, backlog) with
            {
                Message = BulkSends.Request(0, 0).Message with { Priority = MessagePriority.Normal },
            });
        }

        var run = new Run();
        await Arrivals.RunAsync(sends, perSecond, latencies, i => host.Hub.ForTenant(Single).SendAsync(SingleSends.Plain(i)));
        await channel.Singles.WaitAsync(TimeSpan.FromMinutes(2));
        run.Stop();
        return new ScenarioResult(sends, run.Seconds)
        {
            AllocatedBytes = run.AllocatedBytes,
            Wrong = backlog > 0 && channel.CrowdCount >= backlog ? "the backlog was gone before the last single send; take a larger --backlog" : null,
            Extra = { ["store"] = store.Name, ["backlog"] = backlog, ["backlogLeft"] = backlog - channel.CrowdCount, ["bP99Ms"] = latencies.Measure().P99Ms },
        };
    }
}

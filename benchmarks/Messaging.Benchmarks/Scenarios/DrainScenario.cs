using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class DrainScenario : IScenario
{
    public string Name => "drain";

    public string Help => "Deliveries queued beforehand, then sent to a no-op channel; only settled ones count. --n 500000 --store memory --workers 0 (0: the default)";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        var n = options.Int("n", 500_000);
        await using var store = BenchmarkStore.Open(options);
        var workers = options.Int("workers", 0);
        options.RefuseUnknown();

        await WarmUp.RunAsync(() => MeasureAsync(Math.Min(n, 50_000), store, workers));
        return await MeasureAsync(n, store, workers);
    }

    private static async Task<ScenarioResult> MeasureAsync(int n, BenchmarkStore store, int workers)
    {
        var channel = new CountingChannel(n);
        await using var host = await BenchmarkHost.StartAsync(store, m => Configure(m.AddCounting(channel), workers));
        var operations = host.Services.GetRequiredService<IMessageOperations>();
        var everything = new PauseScope(TenantId.Default);
        await operations.PauseAsync(everything, "the queue is being filled");
        await host.Hub.SendBulkAsync(BulkSends.Request(0, n));

        GC.Collect();
        var run = new Run();
        await operations.ResumeAsync(everything);
        var wrong = await Settling.WaitAsync(host, n);
        run.Stop();
        return new ScenarioResult(n, run.Seconds)
        {
            AllocatedBytes = run.AllocatedBytes,
            Lost = channel.Lost,
            Duplicated = channel.Duplicated,
            Wrong = wrong,
            Extra = { ["store"] = store.Name, ["workers"] = workers },
        };
    }

    private static void Configure(MessagingBuilder m, int workers)
    {
        if (workers > 0)
        {
            m.ConfigureDispatcher(o => o.Concurrency = workers);
        }
    }
}

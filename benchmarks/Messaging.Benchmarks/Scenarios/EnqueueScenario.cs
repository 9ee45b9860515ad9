using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class EnqueueScenario : IScenario
{
    public string Name => "enqueue";

    public string Help => "Acknowledged accepts of 500 B bodies, nothing dispatched. --n 500000 --store memory --batch 1|100|1000 --callers 1|8|64";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        var n = options.Int("n", 500_000);
        await using var store = BenchmarkStore.Open(options);
        var batch = options.Int("batch", 1);
        var callers = options.Int("callers", 64);
        options.RefuseUnknown();

        await WarmUp.RunAsync(() => MeasureAsync(Math.Min(n, 50_000), store, batch, callers));
        return await MeasureAsync(n, store, batch, callers);
    }

    private static async Task<ScenarioResult> MeasureAsync(int n, BenchmarkStore store, int batch, int callers)
    {
        var channel = new CountingChannel(n);
        await using var host = await BenchmarkHost.StartAsync(store, m => m.AddCounting(channel), sendOnly: true);
        var acknowledged = new Latencies(n);
        GC.Collect();
        var run = new Run();
        if (batch == 1)
        {
            await OneByOneAsync(host.Hub, n, callers, acknowledged);
        }
        else
        {
            await InBatchesAsync(host.Hub, n, batch, callers, acknowledged);
        }

        run.Stop();
        var stored = await host.History.CountAsync(new StatisticsQuery { Tenant = TenantId.Default });
        return new ScenarioResult(n, run.Seconds)
        {
            AllocatedBytes = run.AllocatedBytes,
            Lost = n - stored.Total,
            Extra = { ["store"] = store.Name, ["batch"] = batch, ["callers"] = callers, ["ackP99Ms"] = acknowledged.Measure().P99Ms },
        };
    }

    private static Task OneByOneAsync(IMessageHub hub, int n, int callers, Latencies acknowledged)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            int i;
            while ((i = Interlocked.Increment(ref next)) < n)
            {
                acknowledged.Start(i);
                await hub.SendAsync(SingleSends.Plain(i));
                acknowledged.Arrive(i);
            }
        })));
    }

    private static Task InBatchesAsync(IMessageHub hub, int n, int batch, int callers, Latencies acknowledged)
    {
        var next = -batch;
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            int first;
            while ((first = Interlocked.Add(ref next, batch)) < n)
            {
                acknowledged.Start(first);
                await hub.SendBulkAsync(BulkSends.Request(first, Math.Min(batch, n - first)));
                acknowledged.Arrive(first);
            }
        })));
    }
}

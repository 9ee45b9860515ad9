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
        var place = await store.FreshAsync();
        if (place.Name == "memory")
        {
            await using var both = await BenchmarkHost.StartAsync(place, m => Configure(m.AddCounting(channel), workers));
            return await DrainPausedAsync(both, channel, n, place.Name, workers);
        }

        await using (var filling = await BenchmarkHost.StartAsync(place, m => m.AddCounting(channel), sendOnly: true))
        {
            await filling.Hub.SendBulkAsync(BulkSends.Request(0, n));
        }

        // The clock begins with the first delivery: opening a store is the restart scenario's matter.
        var first = new TaskCompletionSource<Run>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.Arrived = _ => Begin(first);
        await using var host = await BenchmarkHost.StartAsync(place, m => Configure(m.AddCounting(channel), workers));
        return await WaitAsync(host, channel, await first.Task, n, place.Name, workers);
    }

    private static void Begin(TaskCompletionSource<Run> first)
    {
        if (!first.Task.IsCompleted)
        {
            first.TrySetResult(new Run());
        }
    }

    /// <summary>What ends with the process is filled by the process that drains it, and held until then.</summary>
    private static async Task<ScenarioResult> DrainPausedAsync(BenchmarkHost host, CountingChannel channel, int n, string store, int workers)
    {
        var operations = host.Services.GetRequiredService<IMessageOperations>();
        var everything = new PauseScope(TenantId.Default);
        await operations.PauseAsync(everything, "the queue is being filled");
        await host.Hub.SendBulkAsync(BulkSends.Request(0, n));

        GC.Collect();
        var run = new Run();
        await operations.ResumeAsync(everything);
        return await WaitAsync(host, channel, run, n, store, workers);
    }

    private static async Task<ScenarioResult> WaitAsync(BenchmarkHost host, CountingChannel channel, Run run, int n, string store, int workers)
    {
        await channel.All.WaitAsync(TimeSpan.FromMinutes(5));
        await Settling.EmptyAsync(host);
        run.Stop();
        var wrong = await Settling.CheckAsync(host, n);
        return new ScenarioResult(n, run.Seconds)
        {
            AllocatedBytes = run.AllocatedBytes,
            Lost = channel.Lost,
            Duplicated = channel.Duplicated,
            Wrong = wrong,
            Extra = { ["store"] = store, ["workers"] = workers },
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

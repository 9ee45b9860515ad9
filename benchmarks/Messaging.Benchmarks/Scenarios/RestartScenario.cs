using System.Diagnostics;
using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class RestartScenario : IScenario
{
    public string Name => "restart";

    public string Help => "Messages of 500 B are queued, the host is stopped, and another is started on what it left: memory, and time to the first dispatch. --store journal|postgres --n 1000000";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        await using var store = BenchmarkStore.Open(options, "journal");
        var n = options.Int("n", 1_000_000);
        options.RefuseUnknown();

        var place = await store.FreshAsync();
        await using (var filling = await BenchmarkHost.StartAsync(place, m => m.AddCounting(new CountingChannel(n)), sendOnly: true))
        {
            await InParallelAsync(filling.Hub, n);
        }

        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = ProcessMemory.RssBytes();
        var channel = new CountingChannel(n);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.Arrived = _ => first.TrySetResult();
        var started = Stopwatch.GetTimestamp();
        await using var host = await BenchmarkHost.StartAsync(place, m => m.AddCounting(channel));
        var ready = Stopwatch.GetElapsedTime(started);
        await first.Task;
        var dispatched = Stopwatch.GetElapsedTime(started);
        var rss = ProcessMemory.RssBytes();
        var run = new Run();
        var wrong = await Settling.WaitAsync(host, n);
        run.Stop();
        return new ScenarioResult(n, run.Seconds)
        {
            AllocatedBytes = run.AllocatedBytes,
            Lost = channel.Lost,
            Duplicated = channel.Duplicated,
            Wrong = wrong,
            Extra =
            {
                ["store"] = store.Name, ["readyMs"] = ready.TotalMilliseconds, ["firstDispatchMs"] = dispatched.TotalMilliseconds,
                ["rssMbAtFirstDispatch"] = rss >> 20, ["rssMbOfTheMessages"] = (rss - before) >> 20,
            },
        };
    }

    /// <summary>Single sends, so that each message has a body of its own.</summary>
    private static Task InParallelAsync(IMessageHub hub, int n) => SingleSends.RunAsync(hub, n, 256, SingleSends.Plain);
}

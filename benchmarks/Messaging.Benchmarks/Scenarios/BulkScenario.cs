using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class BulkScenario : IScenario
{
    public string Name => "bulk";

    public string Help => "A bulk of booking data from an asynchronous stream, nothing dispatched: memory that the store keeps and memory that the call costs. --n 1000000 --store memory";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        var n = options.Int("n", 1_000_000);
        await using var store = BenchmarkStore.Open(options);
        options.RefuseUnknown();

        await MeasureAsync(Math.Min(n, 10_000), store);
        return await MeasureAsync(n, store);
    }

    private static async Task<ScenarioResult> MeasureAsync(int n, BenchmarkStore store)
    {
        var channel = new CountingChannel(n);
        await using var host = await BenchmarkHost.StartAsync(store, m => m.UseBookingTemplates().AddCounting(channel), sendOnly: true);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = ProcessMemory.RssBytes();
        using var pauses = new GcPauses();
        var run = new Run();
        var receipt = await host.Hub.SendBulkAsync(BulkSends.Bookings(n));
        run.Stop();
        var peak = ProcessMemory.PeakRssMb() << 20;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var kept = ProcessMemory.RssBytes();
        return new ScenarioResult(n, run.Seconds)
        {
            AllocatedBytes = run.AllocatedBytes,
            Lost = n - receipt.Accepted,
            Extra =
            {
                ["store"] = store.Name, ["peakBytesPerMessage"] = (peak - before) / n, ["keptBytesPerMessage"] = (kept - before) / n,
                ["longestGcPauseMs"] = pauses.LongestMs,
            },
        };
    }
}

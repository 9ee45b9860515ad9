using System.Diagnostics;
using Messaging.Benchmarks.Hosting;
using Messaging.Crash.Killing;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class CrashScenario : IScenario
{
    public string Name => "crash";

    public string Help => "A process that accepts, renders and sends is killed with SIGKILL at random moments and started again; a sink outside counts. --store journal|postgres --rounds 100 --perLife 500 --seed 1";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        await using var store = BenchmarkStore.Open(options, "journal");
        var rounds = options.Int("rounds", 100);
        var perLife = options.Int("perLife", 500);
        var seed = options.Int("seed", 1);
        options.RefuseUnknown();

        var started = Stopwatch.GetTimestamp();
        var report = await KillLoop.RunAsync(new KillOptions
        {
            Store = await store.FreshAsync(), Rounds = rounds, PerLife = perLife, Seed = seed, Progress = Console.Error.WriteLine,
        });
        return new ScenarioResult(report.Acked, Stopwatch.GetElapsedTime(started).TotalSeconds)
        {
            AllocatedBytes = 0,
            Lost = report.Lost,
            Duplicated = report.Duplicated,
            Wrong = report.Wrong ?? (report.Acked == 0 ? "nothing was acknowledged" : null),
            Extra =
            {
                ["store"] = store.Name, ["rounds"] = rounds, ["acked"] = report.Acked, ["delivered"] = report.Delivered,
                ["longestUnsettledMs"] = report.LongestUnsettled.TotalMilliseconds,
            },
        };
    }
}

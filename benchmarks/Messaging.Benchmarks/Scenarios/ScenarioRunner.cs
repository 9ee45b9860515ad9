using System.Text.Json;
using Messaging.Benchmarks.Measuring;

namespace Messaging.Benchmarks.Scenarios;

internal static class ScenarioRunner
{
    private static readonly IScenario[] All =
    [
        new PipelineScenario(), new EnqueueScenario(), new DrainScenario(), new LatencyScenario(),
        new FairnessScenario(), new ScheduledScenario(), new BulkScenario(), new SmtpScenario(), new RenderScenario(), new RestartScenario(), new CrashScenario(),
        new DiskScenario(),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var name, ..] || name is "--help" or "-h")
        {
            return Help();
        }

        if (All.FirstOrDefault(s => s.Name == name) is not { } scenario)
        {
            Console.Error.WriteLine($"There is no scenario '{name}'.");
            Help();
            return 2;
        }

        var result = await scenario.RunAsync(new ScenarioOptions(args.AsSpan(1)));
        Console.WriteLine(Json(scenario.Name, result));
        return result.Lost > 0 || result.Wrong is not null ? 1 : 0;
    }

    private static int Help()
    {
        Console.WriteLine("scenario NAME [--option value ...]");
        foreach (var scenario in All)
        {
            Console.WriteLine($"  {scenario.Name,-10} {scenario.Help}");
        }

        return 0;
    }

    private static string Json(string name, ScenarioResult result)
    {
        var fields = new Dictionary<string, object?>
        {
            ["scenario"] = name,
            ["n"] = result.N,
            ["seconds"] = Math.Round(result.Seconds, 3),
            ["perSecond"] = Math.Round(result.N / result.Seconds),
            ["bytesPerMessage"] = result.N == 0 ? 0 : result.AllocatedBytes / result.N,
            ["peakRssMb"] = ProcessMemory.PeakRssMb(),
            ["lost"] = result.Lost,
            ["duplicated"] = result.Duplicated,
        };
        foreach (var (key, value) in result.Extra)
        {
            fields[key] = value is double d ? double.IsNaN(d) ? null : Math.Round(d, 3) : value;
        }

        if (result.Wrong is not null)
        {
            fields["wrong"] = result.Wrong;
        }

        return JsonSerializer.Serialize(fields);
    }
}

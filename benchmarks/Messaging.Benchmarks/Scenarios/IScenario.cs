namespace Messaging.Benchmarks.Scenarios;

/// <summary>One workload that is measured as a whole.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>What it does, and its options with their defaults.</summary>
    string Help { get; }

    Task<ScenarioResult> RunAsync(ScenarioOptions options);
}

namespace Messaging.Benchmarks.Scenarios;

/// <summary>What a scenario measured.</summary>
internal sealed record ScenarioResult(long N, double Seconds)
{
    /// <summary>Bytes allocated by the whole process between start and end of the measured part.</summary>
    public required long AllocatedBytes { get; init; }

    public long Lost { get; init; }

    public long Duplicated { get; init; }

    /// <summary>What else is wrong with the output; <see langword="null"/> when nothing is.</summary>
    public string? Wrong { get; init; }

    /// <summary>The scenario's own figures.</summary>
    public Dictionary<string, object?> Extra { get; init; } = [];
}

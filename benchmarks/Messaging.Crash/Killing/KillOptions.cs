namespace Messaging.Crash.Killing;

/// <summary>How often and when the sender is killed.</summary>
public sealed record KillOptions
{
    /// <summary>Gets where the sender stores.</summary>
    public required StoreChoice Store { get; init; }

    /// <summary>Gets how many lives end by force.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>Gets how many new messages each life sends at most.</summary>
    public int PerLife { get; init; } = 500;

    /// <summary>Gets the longest time that a life has once its first message is acknowledged.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(1_200);

    /// <summary>Gets the share of lives that end while they start, in percent.</summary>
    public int StillbornPercent { get; init; } = 10;

    /// <summary>Gets the seed of chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Gets how long nothing may arrive at the end before what is missing counts as lost.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets who is told of every tenth round.</summary>
    public Action<string> Progress { get; init; } = _ => { };
}

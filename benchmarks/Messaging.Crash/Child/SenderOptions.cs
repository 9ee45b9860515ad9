using System.Text.Json;

namespace Messaging.Crash.Child;

/// <summary>What the process that is going to be killed or stopped is told.</summary>
public sealed record SenderOptions
{
    /// <summary>Gets where it stores.</summary>
    public required StoreChoice Store { get; init; }

    /// <summary>Gets the sink's port.</summary>
    public required int Port { get; init; }

    /// <summary>Gets the first number that it sends.</summary>
    public int First { get; init; }

    /// <summary>Gets how many numbers it sends at the most.</summary>
    public int Count { get; init; }

    /// <summary>Gets numbers that an earlier life has sent, or was about to: a caller who got no answer asks again under the same key.</summary>
    public IReadOnlyList<int> Again { get; init; } = [];

    /// <summary>Gets a value indicating whether it ends by itself when nothing is left to send.</summary>
    public bool Drain { get; init; }

    /// <summary>Gets how many callers send at the same time.</summary>
    public int Callers { get; init; } = 16;

    /// <summary>Gets how long a caller waits between two sends.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Gets how long a claim holds; short, because whoever is killed every moment leaves many.</summary>
    public TimeSpan LeaseFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how many versions ahead of the package its schema is: it plays a later one.</summary>
    public int VersionsAhead { get; init; }

    /// <summary>Reads what <see cref="ToArguments"/> wrote.</summary>
    public static SenderOptions Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Count == 1 && JsonSerializer.Deserialize<SenderOptions>(arguments[0]) is { } options
            ? options
            : throw new ArgumentException("This process is started by the crash scenario: dotnet run -c Release --project benchmarks/Messaging.Benchmarks -- scenario crash.");
    }

    /// <summary>Returns the command line.</summary>
    public IReadOnlyList<string> ToArguments() => [JsonSerializer.Serialize(this)];
}

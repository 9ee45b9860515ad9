using System.Globalization;

namespace Messaging.Crash.Child;

/// <summary>What the process that is going to be killed is told.</summary>
public sealed record SenderOptions
{
    /// <summary>Gets where it stores.</summary>
    public required StoreChoice Store { get; init; }

    /// <summary>Gets the sink's port.</summary>
    public required int Port { get; init; }

    /// <summary>Gets the first number that it sends.</summary>
    public int First { get; init; }

    /// <summary>Gets how many numbers it sends.</summary>
    public int Count { get; init; }

    /// <summary>Gets numbers that an earlier life has sent, or was about to: a caller who got no answer asks again under the same key.</summary>
    public IReadOnlyList<int> Again { get; init; } = [];

    /// <summary>Gets a value indicating whether it ends by itself when nothing is left to send.</summary>
    public bool Drain { get; init; }

    /// <summary>Gets how many callers send at the same time.</summary>
    public int Callers { get; init; } = 16;

    /// <summary>Reads what <see cref="ToArguments"/> wrote.</summary>
    public static SenderOptions Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Count != 8)
        {
            throw new ArgumentException("This process is started by the crash scenario: dotnet run -c Release --project benchmarks/Messaging.Benchmarks -- scenario crash.");
        }

        return new()
        {
            Store = new StoreChoice(arguments[0], arguments[1]),
            Port = Int(arguments[2]),
            First = Int(arguments[3]),
            Count = Int(arguments[4]),
            Again = [.. arguments[5].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Int)],
            Drain = bool.Parse(arguments[6]),
            Callers = Int(arguments[7]),
        };
    }

    /// <summary>Returns the command line.</summary>
    public IReadOnlyList<string> ToArguments() =>
    [
        Store.Name, Store.Place, Text(Port), Text(First), Text(Count), string.Join(',', Again.Select(Text)), Drain.ToString(), Text(Callers),
    ];

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

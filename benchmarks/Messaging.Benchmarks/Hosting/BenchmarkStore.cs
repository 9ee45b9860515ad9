using System.Globalization;
using Messaging.Benchmarks.Scenarios;
using Messaging.Crash;

namespace Messaging.Benchmarks.Hosting;

/// <summary>The store that a scenario is run on, of which every measurement gets an empty one.</summary>
internal sealed class BenchmarkStore : IAsyncDisposable
{
    private readonly string? _folder;
    private int _number;

    private BenchmarkStore(string name, string? folder) => (Name, _folder) = (name, folder);

    /// <summary>Gets the name: <c>memory</c> or <c>journal</c>.</summary>
    public string Name { get; }

    /// <summary>Reads <c>--store</c> and where it is.</summary>
    public static BenchmarkStore Open(ScenarioOptions options, string otherwise = "memory") => options.Text("store", otherwise) switch
    {
        "memory" => new("memory", null),
        "journal" => new("journal", Directory.CreateTempSubdirectory("messaging-benchmark-").FullName),
        var other => throw new ArgumentException($"--store {other}: the stores are memory and journal."),
    };

    /// <summary>Makes an empty store.</summary>
    public Task<StoreChoice> FreshAsync() =>
        Task.FromResult(new StoreChoice(Name, _folder is null ? "" : Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{++_number}"))));

    public ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}

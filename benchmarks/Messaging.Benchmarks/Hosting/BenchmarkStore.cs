using System.Globalization;
using Messaging.Benchmarks.Scenarios;
using Messaging.Crash;

namespace Messaging.Benchmarks.Hosting;

/// <summary>The store that a scenario is run on, of which every measurement gets an empty one. The one before it is removed.</summary>
internal abstract class BenchmarkStore : IAsyncDisposable
{
    private int _number;

    /// <summary>Gets the name: <c>memory</c>, <c>journal</c> or <c>postgres</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Reads <c>--store</c> and where it is: <c>--path</c> of a journal, <c>--connection</c> of a PostgreSQL server.</summary>
    public static BenchmarkStore Open(ScenarioOptions options, string otherwise = "memory")
    {
        var (path, connection) = (options.Text("path"), options.Text("connection"));
        return options.Text("store", otherwise) switch
        {
            "memory" => new MemoryBenchmarkStore(),
            "journal" => new JournalBenchmarkStore(path),
            "postgres" => new PostgresBenchmarkStore(connection),
            var other => throw new ArgumentException($"--store {other}: the stores are memory, journal and postgres."),
        };
    }

    /// <summary>Makes an empty store.</summary>
    public async Task<StoreChoice> FreshAsync()
    {
        await RemoveAsync();
        return new StoreChoice(Name, await MakeAsync(string.Create(CultureInfo.InvariantCulture, $"messaging_benchmark_{Environment.ProcessId}_{++_number}")));
    }

    public virtual ValueTask DisposeAsync() => new(RemoveAsync());

    /// <summary>Makes an empty store and returns its place.</summary>
    protected abstract Task<string> MakeAsync(string name);

    /// <summary>Removes what was made last.</summary>
    protected abstract Task RemoveAsync();
}

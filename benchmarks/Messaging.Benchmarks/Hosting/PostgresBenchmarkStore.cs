using Messaging.TestServers;
using Npgsql;

namespace Messaging.Benchmarks.Hosting;

/// <summary>A database for each measurement, on the server given or on a private one that is started for the run, with fsync and synchronous_commit on.</summary>
internal sealed class PostgresBenchmarkStore(string? connection) : BenchmarkStore
{
    private PostgresServer? _server;
    private string? _made;

    public override string Name => "postgres";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    protected override async Task<string> MakeAsync(string name)
    {
        if (connection is null)
        {
            _server ??= await PostgresServer.StartAsync();
        }

        await ExecuteAsync($"CREATE DATABASE {name}");
        _made = name;
        return new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString;
    }

    protected override async Task RemoveAsync()
    {
        if (_made is not null)
        {
            await ExecuteAsync($"DROP DATABASE {_made} WITH (FORCE)");
            _made = null;
        }
    }

    private string Server => connection ?? _server!.ConnectionString();

    private async Task ExecuteAsync(string statement)
    {
        await using var source = NpgsqlDataSource.Create(Server);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}

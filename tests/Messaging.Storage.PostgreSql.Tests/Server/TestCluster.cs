using Messaging.TestServers;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Server;

/// <summary>One cluster for all tests of the assembly, and databases made of a template that has the schema already.</summary>
/// <remarks>It ends with the process: xunit 2 has no place to end what a whole assembly shares.</remarks>
internal static class TestCluster
{
    private const string Template = "messaging_template";
    private static readonly Lazy<Task<PostgresServer>> s_server = new(StartAsync);
    private static readonly SemaphoreSlim s_copying = new(1, 1);
    private static int s_number;

    public static Task<PostgresServer> ServerAsync() => s_server.Value;

    /// <summary>Makes an empty database with the schema.</summary>
    /// <returns>How to connect to it.</returns>
    public static async Task<string> DatabaseAsync(string template = Template)
    {
        var server = await ServerAsync();
        var name = $"test_{Interlocked.Increment(ref s_number)}";
        await s_copying.WaitAsync(); // a template can be copied by one at a time
        try
        {
            await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy", connection);
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            s_copying.Release();
        }

        return server.ConnectionString(name);
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync(isDurable: false, "max_connections=300");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(20));
        await server.ExecuteAsync($"CREATE DATABASE {Template}");
        await using var store = new PostgreSqlStore(new PostgreSqlOptions { ConnectionString = server.ConnectionString(Template) + ";Pooling=false" }, TimeProvider.System);
        await store.StartAsync(default);
        await server.ExecuteAsync(ManualClock.Install, Template);
        return server;
    }
}

using System.Globalization;

namespace Messaging.TestServers;

/// <summary>A database of its own for every test, on one server that all tests of the process share and that ends with it. Copies of a template, which is made once.</summary>
public static class PostgresDatabases
{
    private static readonly Lazy<Task<PostgresServer>> s_server = new(StartAsync);
    private static readonly SemaphoreSlim s_one = new(1, 1);
    private static readonly HashSet<string> s_templates = [];
    private static int s_number;

    /// <summary>Returns the server, which does not flush to the disk.</summary>
    public static Task<PostgresServer> ServerAsync() => s_server.Value;

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public static Task<string> CreateAsync() => CopyAsync("template1");

    /// <summary>Makes a database as a copy of a template.</summary>
    /// <param name="template">The template's name, in small letters.</param>
    /// <param name="make">Makes the template, once, in the empty database whose connection string it gets.</param>
    /// <returns>The connection string of the copy.</returns>
    public static async Task<string> CreateAsync(string template, Func<string, Task> make)
    {
        await s_one.WaitAsync();
        try
        {
            if (!s_templates.Contains(template))
            {
                var server = await ServerAsync();
                await server.ExecuteAsync($"CREATE DATABASE \"{template}\"");

                // Nobody may be connected to what is copied.
                await make(server.ConnectionString(template) + ";Pooling=false");
                s_templates.Add(template);
            }

            return await CopyAsync(template);
        }
        finally
        {
            s_one.Release();
        }
    }

    /// <summary>Removes a database, and ends the connections to it.</summary>
    /// <param name="connectionString">Its connection string.</param>
    public static async Task DropAsync(string connectionString)
    {
        var name = connectionString.Split(';').First(part => part.StartsWith("Database=", StringComparison.Ordinal))["Database=".Length..];
        await (await ServerAsync()).ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
    }

    private static async Task<string> CopyAsync(string template)
    {
        var server = await ServerAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref s_number)}");
        await server.ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");

        // Many tests each with a pool of their own must not use up the server's connections.
        return server.ConnectionString(name) + ";Maximum Pool Size=40;Connection Idle Lifetime=5;Connection Pruning Interval=2";
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync(isDurable: false, "max_connections = 400", "shared_buffers = 64MB");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return server;
    }
}

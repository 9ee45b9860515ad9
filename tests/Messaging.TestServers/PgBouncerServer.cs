using System.Globalization;

namespace Messaging.TestServers;

/// <summary>A PgBouncer of our own in transaction mode, before a PostgreSQL server: clients share a handful of its connections, transaction by transaction.</summary>
public sealed class PgBouncerServer : IAsyncDisposable
{
    private readonly TestFolder _folder;
    private readonly ServerProcess _process;
    private readonly int _port;

    private PgBouncerServer(TestFolder folder, ServerProcess process, int port) => (_folder, _process, _port) = (folder, process, port);

    /// <summary>Starts it.</summary>
    /// <param name="server">The server behind it.</param>
    /// <param name="connections">How many connections to a database it opens at the most.</param>
    public static async Task<PgBouncerServer> StartAsync(PostgresServer server, int connections = 3)
    {
        ArgumentNullException.ThrowIfNull(server);
        var (folder, port) = (new TestFolder("pgbouncer"), FreePort.Next());
        var settings = folder.Write(
            "pgbouncer.ini",
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                [databases]
                * = host=127.0.0.1 port={server.Port} user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = {port}
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = {connections}
                max_client_conn = 500
                ignore_startup_parameters = extra_float_digits
                """));
        PostgresServer.Run("chmod", "-R", "a+rX", folder.Path); // under root it runs as another user
        var program = ServerProcess.Find("pgbouncer") ?? "pgbouncer";
        var process = Environment.IsPrivilegedProcess
            ? ServerProcess.Start("setpriv", "pgbouncer", folder.Path, "--reuid=postgres", "--regid=postgres", "--clear-groups", program, settings)
            : ServerProcess.Start(program, "pgbouncer", folder.Path, settings);
        await process.WaitForPortAsync(port);
        return new PgBouncerServer(folder, process, port);
    }

    /// <summary>Returns how to connect to a database through it.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.TerminateAsync();
        _process.Dispose();
        _folder.Dispose();
    }
}

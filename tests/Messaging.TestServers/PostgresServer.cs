using System.Diagnostics;
using System.Globalization;

namespace Messaging.TestServers;

/// <summary>A PostgreSQL cluster of our own: data and socket are in a temporary folder, it listens on a free port of 127.0.0.1, and it is ended by its process id.</summary>
/// <remarks>PostgreSQL refuses to run as root, so under root it runs as the user <c>postgres</c>, which Debian's package makes.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder;
    private readonly bool _isDurable;
    private ServerProcess _process = null!;

    private PostgresServer(TestFolder folder, int port, bool isDurable) => (_folder, Port, _isDurable) = (folder, port, isDurable);

    /// <summary>Gets the port on 127.0.0.1. A restart keeps it.</summary>
    public int Port { get; }

    /// <summary>Gets what it has printed since its last start.</summary>
    public string Log => _process.Output;

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="isDurable">Whether commits reach the disk (fsync and synchronous_commit on); off is faster and enough for tests that kill nothing.</param>
    /// <param name="settings">Further settings, such as <c>max_connections=20</c>.</param>
    public static async Task<PostgresServer> StartAsync(bool isDurable = true, params string[] settings)
    {
        var folder = new TestFolder("postgres");
        var server = new PostgresServer(folder, FreePort.Next(), isDurable);
        var data = folder.Folder("data");
        if (Environment.IsPrivilegedProcess)
        {
            Run("chmod", "755", folder.Path);
            Run("chown", "postgres", data);
            Run("chown", "postgres", folder.Folder("socket"));
        }
        else
        {
            folder.Folder("socket");
        }

        var (program, arguments) = server.AsUser("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        Run(program, arguments);
        Run("sh", "-c", $"printf '%s\\n' {string.Join(' ', server.Settings(settings).Select(line => $"\"{line}\""))} >> '{Path.Combine(data, "postgresql.conf")}'");
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Returns how to connect to a database.</summary>
    public string ConnectionString(string database = "postgres") =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Include Error Detail=true");

    /// <summary>Runs one statement, outside of any transaction, as psql does.</summary>
    /// <returns>What it printed, without headings.</returns>
    public async Task<string> ExecuteAsync(string statement, string database = "postgres")
    {
        using var psql = Process.Start(new ProcessStartInfo(
            Find("psql"), ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", database, "-c", statement])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (psql.StandardOutput.ReadToEndAsync(), psql.StandardError.ReadToEndAsync());
        await psql.WaitForExitAsync();
        return psql.ExitCode == 0 ? (await output).TrimEnd() : throw new InvalidOperationException($"psql refused the statement: {await error}");
    }

    /// <summary>Copies a database into an empty one as people do: <c>pg_dump | psql</c>.</summary>
    public Task RestoreAsync(string from, string into) => Task.Run(() => Run("sh", "-c", string.Create(
        CultureInfo.InvariantCulture,
        $"'{Find("pg_dump")}' -h 127.0.0.1 -p {Port} -U postgres {from} | '{Find("psql")}' -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p {Port} -U postgres -d {into}")));

    /// <summary>Makes a user who must give a password; all others need none.</summary>
    public async Task AddUserAsync(string name, string password)
    {
        await ExecuteAsync($"CREATE ROLE {name} LOGIN PASSWORD '{password}'");
        await ExecuteAsync($"COPY (VALUES ('host all {name} all scram-sha-256'), ('host all all all trust')) TO '{await ExecuteAsync("SHOW hba_file")}'");
        await ExecuteAsync("SELECT pg_reload_conf()");
    }

    /// <summary>Ends it at once, as if the machine had lost power; the data stays.</summary>
    public async Task KillAsync() => await StopAsync("-QUIT");

    /// <summary>Starts it after <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        var (program, arguments) = AsUser("postgres", "-D", Path.Combine(_folder.Path, "data"));
        _process = ServerProcess.Start(program, "postgresql", _folder.Path, arguments);
        await _process.WaitForPortAsync(Port);
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (InvalidOperationException) when (!limit.IsCancellationRequested)
            {
                // It listens before it has recovered, and nothing but asking tells when it has.
                await Task.Delay(20);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync("-INT");
        _folder.Dispose();
    }

    private static string Find(string program) => ServerProcess.Find(program) ?? Directory.EnumerateDirectories("/usr/lib/postgresql")
        .OrderDescending(StringComparer.Ordinal)
        .Select(version => Path.Combine(version, "bin", program))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException($"'{program}' is not installed. Run ./test.sh, or `apt-get install postgresql`.");

    internal static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed: {error.Result}");
        }
    }

    private string[] Settings(string[] more) =>
    [
        "listen_addresses = '127.0.0.1'",
        string.Create(CultureInfo.InvariantCulture, $"port = {Port}"),
        $"unix_socket_directories = '{Path.Combine(_folder.Path, "socket")}'",
        $"fsync = {(_isDurable ? "on" : "off")}",
        $"synchronous_commit = {(_isDurable ? "on" : "off")}",
        $"full_page_writes = {(_isDurable ? "on" : "off")}",
        "max_connections = 200",
        "shared_buffers = 256MB",
        "max_wal_size = 2GB",
        .. more,
    ];

    private (string Program, string[] Arguments) AsUser(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", Find(program), .. arguments])
        : (Find(program), arguments);

    private async Task StopAsync(string signal)
    {
        // The first line of the lock file is the process id of the server, whoever started it for us.
        var id = Path.Combine(_folder.Path, "data", "postmaster.pid");
        if (!_process.HasExited && File.Exists(id))
        {
            using var kill = Process.Start("kill", [signal, File.ReadLines(id).First()]);
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

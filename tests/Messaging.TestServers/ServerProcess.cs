using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Messaging.TestServers;

/// <summary>A server that runs as a process of its own and is ended by its process id.</summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process) => _process = process;

    /// <summary>Gets what it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Gets whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program that Debian installs from <paramref name="package"/>.</summary>
    /// <exception cref="InvalidOperationException">The program is not installed.</exception>
    public static ServerProcess Start(string program, string package, string? folder, params string[] arguments)
    {
        var path = Find(program) ?? throw new InvalidOperationException($"'{program}' is not installed. Run ./test.sh, or `apt-get install {package}`.");
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        var server = new ServerProcess(Process.Start(start)!);
        server._process.OutputDataReceived += server.Keep;
        server._process.ErrorDataReceived += server.Keep;
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until something accepts connections on a port of 127.0.0.1.</summary>
    public async Task WaitForPortAsync(int port)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port, limit.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                // No server tells us when it listens, so knock until it opens.
                await Task.Delay(20, limit.Token);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"'{_process.StartInfo.FileName}' did not start. It printed:\n{Output}", e);
            }
        }
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(5000);
        }

        _process.Dispose();
    }

    internal static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/sbin", "/sbin", "/usr/bin", "/usr/lib/postfix/sbin"]) // a plain user's PATH lacks the folders of mail servers
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        lock (_output)
        {
            _output.AppendLine(e.Data);
        }
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace Messaging.TestServers;

/// <summary>npm smtp-server: an SMTP server by other people that checks credentials (PLAIN, LOGIN, XOAUTH2) and speaks TLS.</summary>
public sealed class NodeSmtpServer : IAsyncDisposable
{
    /// <summary>The user name it knows.</summary>
    public const string User = "anna@example.test";

    /// <summary>The password it knows.</summary>
    public const string Password = "s3cret:/@#?%ą";

    /// <summary>The access token it knows.</summary>
    public const string Token = "ya29.good-token";

    private readonly Process _process;
    private readonly TestFolder _folder;
    private readonly Channel<JsonElement> _lines = Channel.CreateUnbounded<JsonElement>();

    private NodeSmtpServer(Process process, TestFolder folder, TestCertificate certificate)
    {
        (_process, _folder, Certificate) = (process, folder, certificate);
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Gets the port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>Gets what it shows.</summary>
    public TestCertificate Certificate { get; }

    /// <summary>Starts it.</summary>
    /// <param name="secure">TLS from the start.</param>
    /// <param name="hideStartTls">Whether STARTTLS is not offered.</param>
    /// <param name="methods">What AUTH offers.</param>
    public static async Task<NodeSmtpServer> StartAsync(bool secure = false, bool hideStartTls = false, params string[] methods)
    {
        var folder = new TestFolder("node");
        var certificate = new TestCertificate();
        var (cert, key) = certificate.WriteTo(folder);
        var options = JsonSerializer.Serialize(new
        {
            secure, hideStartTls, allowInsecureAuth = hideStartTls, authMethods = methods, user = User, password = Password, token = Token, cert, key,
        });
        var start = new ProcessStartInfo("node", ["smtp-server.mjs", options])
        {
            WorkingDirectory = Oracles.Folder, RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true,
        };
        var server = new NodeSmtpServer(Process.Start(start)!, folder, certificate);
        server.Port = (await server.NextAsync()).GetProperty("port").GetInt32();
        return server;
    }

    /// <summary>Waits for the next mail: <c>from</c>, <c>to</c>, <c>user</c>, and <c>data</c> in base64.</summary>
    public async Task<JsonElement> NextAsync() => await _lines.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _process.Kill();
        _process.WaitForExit(5000);
        _process.Dispose();
        Certificate.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Keep(string? line)
    {
        if (line is { Length: > 0 })
        {
            _lines.Writer.TryWrite(JsonDocument.Parse(line).RootElement);
        }
        else if (line is null)
        {
            _lines.Writer.TryComplete(new InvalidOperationException("The server ended. Are the oracles installed? Run ./test.sh."));
        }
    }
}

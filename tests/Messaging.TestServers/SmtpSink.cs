namespace Messaging.TestServers;

/// <summary>
/// Postfix's smtp-sink: takes mail fast and throws it away, and refuses or hangs up where it is told to. It offers PIPELINING,
/// 8BITMIME, ENHANCEDSTATUSCODES and DSN; no STARTTLS, SIZE, SMTPUTF8 or CHUNKING.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private SmtpSink(ServerProcess process, int port) => (_process, Port) = (process, port);

    /// <summary>Gets the port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts a sink.</summary>
    /// <param name="arguments">
    /// Further arguments, such as <c>-f rcpt</c> (5xx), <c>-r data</c> (4xx), <c>-q .</c> (disconnect) or <c>-w 1</c> (delay).
    /// </param>
    public static async Task<SmtpSink> StartAsync(params string[] arguments)
    {
        var port = FreePort.Next();
        string[] user = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        var process = ServerProcess.Start("smtp-sink", "postfix", null, [.. user, .. arguments, $"127.0.0.1:{port}", "1000"]);
        await process.WaitForPortAsync(port);
        return new SmtpSink(process, port);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}

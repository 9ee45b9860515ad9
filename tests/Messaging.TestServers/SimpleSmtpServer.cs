using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Messaging.TestServers;

/// <summary>
/// A small, polite SMTP server in this process. It keeps what it receives, and <see cref="Answer"/> can make it impolite at any
/// command.
/// </summary>
public sealed class SimpleSmtpServer : IAsyncDisposable
{
    private readonly ScriptedServer _server;

    /// <summary>Starts a server that offers <paramref name="extensions"/>.</summary>
    public SimpleSmtpServer(params string[] extensions)
    {
        Extensions = extensions;
        _server = new ScriptedServer(ServeAsync);
    }

    /// <summary>Gets the port on 127.0.0.1.</summary>
    public int Port => _server.Port;

    /// <summary>Gets how many connections were made.</summary>
    public int Connections => _server.Connections;

    /// <summary>Gets or sets what EHLO offers.</summary>
    public string[] Extensions { get; set; }

    /// <summary>Gets or sets what STARTTLS shows, or what is shown from the start with <see cref="ImplicitTls"/>.</summary>
    public TestCertificate? Certificate { get; set; }

    /// <summary>Gets or sets whether TLS begins with the connection.</summary>
    public bool ImplicitTls { get; set; }

    /// <summary>
    /// Gets or sets a say in every command: returns the reply (several lines with CRLF are fine), null for the usual one, or "" to
    /// hang up; 421 hangs up too. <c>"."</c> stands for the end of content.
    /// </summary>
    public Func<ScriptedConnection, string, string?> Answer { get; set; } = (_, _) => null;

    /// <summary>Gets or sets what happens when a connection begins.</summary>
    public Action<ScriptedConnection> Connected { get; set; } = _ => { };

    /// <summary>Gets or sets what is awaited before the reply to a command is sent.</summary>
    public Func<ScriptedConnection, string, Task> BeforeReply { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Gets every command in order of arrival.</summary>
    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>Gets the mails whose end arrived, whatever was answered.</summary>
    public ConcurrentQueue<ReceivedMail> Mails { get; } = [];

    /// <summary>Gets what went wrong in here.</summary>
    public ConcurrentQueue<Exception> Errors => _server.Errors;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(ScriptedConnection connection)
    {
        Connected(connection);
        if (ImplicitTls)
        {
            await connection.StartTlsAsync(Certificate!);
        }

        await ReplyAsync(connection, "CONNECT", "220 simple.test ESMTP");
        await new Dialogue(this, connection).RunAsync();
    }

    private async Task<string> ReplyAsync(ScriptedConnection connection, string command, string usual)
    {
        await BeforeReply(connection, command);
        var reply = Answer(connection, command) ?? usual;
        if (reply.Length == 0)
        {
            throw new EndOfStreamException();
        }

        await connection.SendAsync(reply + "\r\n");
        return reply.Contains("421 ", StringComparison.Ordinal) ? throw new EndOfStreamException() : reply;
    }

    private sealed class Dialogue(SimpleSmtpServer server, ScriptedConnection connection)
    {
        private readonly List<string> _recipients = [];
        private string? _from;

        public async Task RunAsync()
        {
            while (true)
            {
                var command = await connection.ReadLineAsync();
                server.Commands.Enqueue(command);
                var verb = command.Split(' ', ':')[0].ToUpperInvariant();
                await RunAsync(verb, command);
                if (verb == "QUIT")
                {
                    return;
                }
            }
        }

        private Task RunAsync(string verb, string command) => verb switch
        {
            "EHLO" => SayAsync(command, Hello()),
            "HELO" => SayAsync(command, "250 simple.test"),
            "STARTTLS" => StartTlsAsync(command),
            "MAIL" => MailAsync(command),
            "RCPT" => RecipientAsync(command),
            "DATA" => DataAsync(command),
            "BDAT" => BdatAsync(command),
            "RSET" => ResetAsync(command),
            "QUIT" => SayAsync(command, "221 2.0.0 Bye"),
            _ => SayAsync(command, "500 5.5.1 Unknown command"),
        };

        private Task<string> SayAsync(string command, string usual) => server.ReplyAsync(connection, command, usual);

        private string Hello()
        {
            string[] lines = ["simple.test", .. server.Extensions];
            return string.Join("\r\n", lines.Select((line, i) => $"250{(i == lines.Length - 1 ? ' ' : '-')}{line}"));
        }

        private async Task StartTlsAsync(string command)
        {
            await SayAsync(command, "220 2.0.0 Go ahead");
            await connection.StartTlsAsync(server.Certificate!);
        }

        private async Task MailAsync(string command)
        {
            var reply = await SayAsync(command, _from is null ? "250 2.1.0 Ok" : "503 5.5.1 Nested MAIL");
            _from = reply[0] == '2' ? command : _from;
        }

        private async Task RecipientAsync(string command)
        {
            var reply = await SayAsync(command, _from is null ? "503 5.5.1 MAIL first" : "250 2.1.5 Ok");
            if (reply[0] == '2')
            {
                _recipients.Add(command);
            }
        }

        private async Task DataAsync(string command)
        {
            var usual = _from is null ? "503 5.5.1 MAIL first"
                : _recipients.Count == 0 ? "554 5.5.1 No valid recipients"
                : "354 End data with <CR><LF>.<CR><LF>";
            if ((await SayAsync(command, usual))[0] == '3')
            {
                var content = Encoding.Latin1.GetString(await connection.ReadContentAsync())[..^3];
                content = content.StartsWith('.') ? content[1..] : content;
                await EndAsync(Encoding.Latin1.GetBytes(content.Replace("\r\n.", "\r\n", StringComparison.Ordinal)));
            }
        }

        private async Task BdatAsync(string command)
        {
            var size = int.Parse(command.Split(' ')[1], CultureInfo.InvariantCulture);
            var content = await connection.ReadAsync(size);
            if (_recipients.Count == 0)
            {
                await SayAsync(command, "503 5.5.1 No valid recipients");
                return;
            }

            await EndAsync(content);
        }

        private async Task EndAsync(byte[] content)
        {
            server.Mails.Enqueue(new ReceivedMail(_from!, [.. _recipients], content, connection.Number));
            Clear();
            await SayAsync(".", "250 2.0.0 Ok: queued as 4XYZ");
        }

        private Task<string> ResetAsync(string command)
        {
            Clear();
            return SayAsync(command, "250 2.0.0 Ok");
        }

        private void Clear()
        {
            _from = null;
            _recipients.Clear();
        }
    }
}

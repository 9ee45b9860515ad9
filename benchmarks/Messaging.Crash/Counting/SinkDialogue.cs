using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Messaging.Crash.Counting;

/// <summary>One connection of the sink: enough of RFC 5321 and of PIPELINING (RFC 2920) for a client that behaves.</summary>
internal sealed class SinkDialogue(CountingSink sink, TcpClient client, int life)
{
    private int _number = -1;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                await TalkAsync(client.GetStream(), cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The process at the other end was killed: that is what it is for.
        }
    }

    private async Task TalkAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        await SayAsync(stream, "220 sink", cancellationToken);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (verb == "RCPT")
            {
                var from = line.IndexOf('<', StringComparison.Ordinal) + 2;
                _number = int.Parse(line.AsSpan(from, line.IndexOf('@', StringComparison.Ordinal) - from), CultureInfo.InvariantCulture);
            }

            await SayAsync(stream, Answer(verb), cancellationToken);
            if (verb == "DATA")
            {
                await sink.NoteAsync(_number, life, await ContentAsync(reader, cancellationToken));
                await SayAsync(stream, "250 2.0.0 taken", cancellationToken);
            }
            else if (verb == "QUIT")
            {
                return;
            }
        }
    }

    private static string Answer(string verb) => verb switch
    {
        "EHLO" => "250-sink\r\n250-PIPELINING\r\n250 8BITMIME",
        "DATA" => "354 go on",
        "QUIT" => "221 2.0.0 bye",
        _ => "250 2.0.0 ok",
    };

    /// <summary>Reads a mail to its end and returns its Message-ID.</summary>
    private static async Task<string> ContentAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var id = "";
        while (await reader.ReadLineAsync(cancellationToken) is var line && line != ".")
        {
            if (line is null)
            {
                throw new IOException("The connection ended within a mail.");
            }

            if (id.Length == 0 && line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))
            {
                id = line["Message-ID:".Length..].Trim();
            }
        }

        return id;
    }

    private static ValueTask SayAsync(NetworkStream stream, string reply, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), cancellationToken);
}

using System.Collections.Concurrent;
using System.Text;

namespace Messaging.Channels.Email.Smtp;

/// <summary>Keeps the dialogue.</summary>
internal sealed class ListLog : ISmtpProtocolLog
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public void Client(ReadOnlySpan<byte> line) => Lines.Enqueue("C: " + Encoding.UTF8.GetString(line));

    public void Server(ReadOnlySpan<byte> line) => Lines.Enqueue("S: " + Encoding.UTF8.GetString(line));
}

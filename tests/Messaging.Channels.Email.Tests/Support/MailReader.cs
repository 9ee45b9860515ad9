using System.Text.Json;

namespace Messaging.Channels.Email;

/// <summary>npm mailparser.</summary>
public sealed class MailReader : IDisposable
{
    private readonly LineOracle _oracle = new("node", "read-mail.mjs");

    public void Dispose() => _oracle.Dispose();

    public Task<JsonElement> ReadAsync(byte[] mail) => _oracle.AskAsync(Convert.ToBase64String(mail));
}

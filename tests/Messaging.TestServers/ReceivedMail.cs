using System.Text;

namespace Messaging.TestServers;

/// <summary>A mail as a server received it.</summary>
/// <param name="From">The MAIL command.</param>
/// <param name="Recipients">The RCPT commands that were accepted.</param>
/// <param name="Content">The content, dots undone.</param>
/// <param name="Connection">The number of the connection.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> Recipients, byte[] Content, int Connection)
{
    /// <summary>Gets the content as text, one character per octet.</summary>
    public string Text => Encoding.Latin1.GetString(Content);
}

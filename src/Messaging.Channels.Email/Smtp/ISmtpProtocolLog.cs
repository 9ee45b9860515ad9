namespace Messaging.Channels.Email;

/// <summary>
/// Hears the dialogue with a server, for finding out why one refuses. Credentials are masked and content is left out, but commands
/// and replies carry addresses: switch it on for a test, not for good. Called from several connections at once; keep it quick.
/// </summary>
public interface ISmtpProtocolLog
{
    /// <summary>We sent a command.</summary>
    /// <param name="line">The command without CRLF; valid only during the call.</param>
    void Client(ReadOnlySpan<byte> line);

    /// <summary>The server sent a reply line.</summary>
    /// <param name="line">The line without CRLF; valid only during the call.</param>
    void Server(ReadOnlySpan<byte> line);
}

namespace Messaging.Channels.Email;

/// <summary>What failed when no reply to the mail says so.</summary>
public enum MailFailureKind
{
    /// <summary>The host name could not be resolved.</summary>
    NameResolution,

    /// <summary>No connection: refused, unreachable or not answered in time.</summary>
    Connect,

    /// <summary>TLS is required and the server does not offer it, or the handshake failed.</summary>
    Tls,

    /// <summary>The server's certificate is not trusted.</summary>
    Certificate,

    /// <summary>The server greeted with a refusal or did not accept our EHLO.</summary>
    Greeting,

    /// <summary>The server refused the credentials, offers no mechanism we may use, or a token could not be had.</summary>
    Authentication,

    /// <summary>The connection was lost.</summary>
    ConnectionLost,

    /// <summary>The server took longer than the time allowed.</summary>
    Timeout,

    /// <summary>The server did not speak SMTP as we know it.</summary>
    Protocol,

    /// <summary>The caller cancelled.</summary>
    Canceled,

    /// <summary>The transport was disposed before the mail had its turn.</summary>
    Disposed,

    /// <summary>The content could not be written.</summary>
    Content,

    /// <summary>An address cannot be used in an envelope.</summary>
    InvalidAddress,

    /// <summary>The address or a header needs SMTPUTF8 and the server does not offer it.</summary>
    NeedsSmtpUtf8,

    /// <summary>The mail is larger than the server takes.</summary>
    TooLarge,
}

namespace Messaging.Channels.Email;

/// <summary>Why a mail was not accepted.</summary>
public enum MailReason
{
    /// <summary>It was accepted.</summary>
    None,

    /// <summary>The recipient does not exist (a hard bounce).</summary>
    UnknownRecipient,

    /// <summary>The recipient's mailbox is disabled (a hard bounce).</summary>
    MailboxDisabled,

    /// <summary>The recipient's mailbox is full (a soft bounce).</summary>
    MailboxFull,

    /// <summary>The address is malformed or needs SMTPUTF8, which the server lacks.</summary>
    InvalidAddress,

    /// <summary>The server does not accept this sender.</summary>
    SenderRejected,

    /// <summary>The mail is too large.</summary>
    TooLarge,

    /// <summary>Refused by policy or as spam.</summary>
    PolicyRejected,

    /// <summary>The content is not acceptable in form.</summary>
    ContentRejected,

    /// <summary>Too many recipients in one transaction.</summary>
    TooManyRecipients,

    /// <summary>Too much in too short a time, or greylisted.</summary>
    RateLimited,

    /// <summary>The server cannot at the moment.</summary>
    ServerUnavailable,

    /// <summary>The next hop towards the recipient fails.</summary>
    RoutingFailed,

    /// <summary>Credentials are missing, wrong or not accepted.</summary>
    AuthenticationFailed,

    /// <summary>No connection to the server, or it was lost.</summary>
    ConnectionFailed,

    /// <summary>TLS is missing, or the certificate is not trusted.</summary>
    TlsFailed,

    /// <summary>The server took too long.</summary>
    Timeout,

    /// <summary>The dialogue failed in a way that points at a bug here or there.</summary>
    ProtocolError,

    /// <summary>The mail could not be written.</summary>
    ContentFailed,

    /// <summary>Given up by the caller, or because the transport was disposed.</summary>
    Canceled,
}

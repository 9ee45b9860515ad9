namespace Messaging.Channels.Email;

/// <summary>Where in the dialogue something was decided; the same reply means different things at different stages.</summary>
public enum SmtpStage
{
    /// <summary>Before the server's greeting was accepted, or without any server.</summary>
    Connect,

    /// <summary>At EHLO or STARTTLS.</summary>
    Hello,

    /// <summary>At AUTH.</summary>
    Authentication,

    /// <summary>At MAIL FROM: about the sender.</summary>
    Sender,

    /// <summary>At RCPT TO: about one recipient.</summary>
    Recipient,

    /// <summary>At DATA, before any content.</summary>
    Data,

    /// <summary>After the content: the final dot or the last BDAT.</summary>
    Content,
}

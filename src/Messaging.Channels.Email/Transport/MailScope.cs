namespace Messaging.Channels.Email;

/// <summary>Who or what a failure is about.</summary>
public enum MailScope
{
    /// <summary>This mail.</summary>
    Message,

    /// <summary>The recipient's address.</summary>
    Address,

    /// <summary>The sender's address or domain.</summary>
    Sender,

    /// <summary>The account: the server, its certificate or our credentials.</summary>
    Account,
}

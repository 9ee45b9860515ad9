namespace Messaging.Channels;

/// <summary>Why a provider refused, in one closed list for all kinds.</summary>
public enum RejectionReason
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>The address is malformed.</summary>
    InvalidAddress,

    /// <summary>Nobody is there.</summary>
    UnknownRecipient,

    /// <summary>The mailbox or device is full.</summary>
    MailboxFull,

    /// <summary>The message is too large.</summary>
    TooLarge,

    /// <summary>The content was refused.</summary>
    Content,

    /// <summary>Looks like spam.</summary>
    Spam,

    /// <summary>A policy of the receiver or provider forbids it.</summary>
    Policy,

    /// <summary>The recipient opted out or blocked the sender.</summary>
    OptedOut,

    /// <summary>The time in which the recipient may be written to is over.</summary>
    WindowClosed,

    /// <summary>The account used up what it may send.</summary>
    Quota,

    /// <summary>Credentials, permission or registration are missing.</summary>
    Authentication,

    /// <summary>The provider says that the request is malformed: a defect of the channel.</summary>
    Protocol,

    /// <summary>The time for delivery ran out at the provider.</summary>
    Timeout,
}

namespace Messaging.Channels.Email;

/// <summary>When a server shall send a delivery status notice (RFC 3461 §4.1).</summary>
[Flags]
public enum DsnNotify
{
    /// <summary>Says nothing: the server's own habit, which is a notice on failure.</summary>
    Unspecified = 0,

    /// <summary>When the mail reached the mailbox.</summary>
    Success = 1,

    /// <summary>When the mail could not be delivered.</summary>
    Failure = 2,

    /// <summary>When delivery takes unusually long.</summary>
    Delay = 4,

    /// <summary>In no case; wins over the others.</summary>
    Never = 8,
}

namespace Messaging.Channels.Email;

/// <summary>What to do with a mail after an attempt.</summary>
public enum MailDisposition
{
    /// <summary>Nothing: the server has it.</summary>
    Accepted,

    /// <summary>Try again later.</summary>
    Retry,

    /// <summary>Try again later, and slow down: the server asks for patience (rate limit, greylisting).</summary>
    Throttled,

    /// <summary>Do not try again unchanged.</summary>
    Permanent,

    /// <summary>Try again; nothing left that could deliver.</summary>
    NotSent,

    /// <summary>The server may have it; repeat only with the same Message-ID.</summary>
    Unconfirmed,
}

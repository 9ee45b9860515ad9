namespace Messaging.Sending;

/// <summary>The sections of a staged request. Values never change once released: hosts' databases keep them.</summary>
internal enum StagedSection : byte
{
    To = 1,
    Cc = 2,
    Bcc = 3,
    From = 4,
    ReplyTo = 5,
    Channel = 6,
    Route = 7,
    Category = 8,
    IdempotencyKey = 9,
    Reference = 10,
    Locale = 11,

    /// <summary>The lane, as a number.</summary>
    Priority = 12,

    /// <summary>UTC ticks.</summary>
    SendAt = 13,

    /// <summary>UTC ticks.</summary>
    ExpiresAt = 14,

    /// <summary>No bytes: it is there or not.</summary>
    Sensitive = 15,

    /// <summary>Names and values.</summary>
    Metadata = 16,

    /// <summary>Properties by kind.</summary>
    Extras = 17,

    /// <summary>Subject, text and html, each there or not; then labels and values of actions.</summary>
    Content = 18,

    /// <summary>The template's code, and its version plus one, or 0.</summary>
    Template = 19,

    /// <summary>The template's data.</summary>
    Data = 20,

    /// <summary>Attachments: bytes, or sources.</summary>
    Attachments = 21,

    /// <summary>What the request asks for, in 16 bytes, big-endian; see <see cref="Sending.Fingerprint"/>.</summary>
    Fingerprint = 22,

    /// <summary>The caller's trace, as in <see cref="MessageSection.Trace"/>.</summary>
    Trace = 23,
}

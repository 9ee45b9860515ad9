namespace Messaging.Channels;

/// <summary>One message for one delivery; immutable, so a retry sends exactly what was first rendered.</summary>
public sealed record OutboundMessage
{
    /// <summary>Gets the message.</summary>
    public required MessageId Id { get; init; }

    /// <summary>Gets the delivery. Every attempt keeps it: hand it to a provider that takes an idempotency key, and build stable ids from it.</summary>
    public required DeliveryId DeliveryId { get; init; }

    /// <summary>Gets the tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the number of this attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Gets the instant at which the message was accepted: what a mail shows as its date.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Gets the recipient.</summary>
    public required OutboundRecipient To { get; init; }

    /// <summary>Gets further recipients that all see.</summary>
    public IReadOnlyList<OutboundRecipient> Cc { get; init; } = [];

    /// <summary>Gets further recipients that nobody sees.</summary>
    public IReadOnlyList<OutboundRecipient> Bcc { get; init; } = [];

    /// <summary>
    /// Gets which recipients this attempt is for, by their places: 0 is <see cref="To"/>, then <see cref="Cc"/>, then <see cref="Bcc"/>, ascending.
    /// Empty means all. The others have an answer from an earlier attempt: they stand in the message as ever, and are sent nothing.
    /// </summary>
    /// <remarks>The answer is about the first of them; <see cref="SendResult.Recipients"/> tells of each where they differ, by the same places.</remarks>
    public IReadOnlyList<int> OnlyFor { get; init; } = [];

    /// <summary>Gets the sender; <see langword="null"/> means the account's default.</summary>
    public string? From { get; init; }

    /// <summary>Gets where answers go; <see langword="null"/> means the sender.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Gets the subject.</summary>
    public Utf8Text Subject { get; init; }

    /// <summary>Gets the plain text; valid until the send returns.</summary>
    public Utf8Text Text { get; init; }

    /// <summary>Gets the html; valid until the send returns.</summary>
    public Utf8Text Html { get; init; }

    /// <summary>Gets what the recipient may do.</summary>
    public IReadOnlyList<MessageAction> Actions { get; init; } = [];

    /// <summary>Gets the attachments.</summary>
    public IReadOnlyList<OutboundAttachment> Attachments { get; init; } = [];

    /// <summary>Gets the properties that the kind's <see cref="IChannelExtras"/> wrote.</summary>
    public IReadOnlyDictionary<string, string> Extras { get; init; } = EmptyMetadata.Instance;

    /// <summary>Gets the caller's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = EmptyMetadata.Instance;

    /// <summary>Gets why it is sent.</summary>
    public string Category { get; init; } = Categories.Transactional;

    /// <summary>Gets the locale of the content, when known.</summary>
    public string? Locale { get; init; }

    /// <summary>Gets the instant after which sending is pointless; <see langword="null"/> means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Names the ids only: the rest is personal data.</summary>
    public override string ToString() => $"Message {Id}, delivery {DeliveryId}, attempt {Attempt}";
}

namespace Messaging.Channels;

/// <summary>What a medium can carry, and how the suite treats it unless the host says otherwise.</summary>
public sealed record ChannelCapabilities
{
    /// <summary>Gets the medium.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets a value indicating whether a subject is shown.</summary>
    public bool Subject { get; init; }

    /// <summary>Gets a value indicating whether html is shown; otherwise text made from it is sent.</summary>
    public bool Html { get; init; }

    /// <summary>Gets a value indicating whether <see cref="MessageAction"/>s are shown as buttons; otherwise they become numbered lines.</summary>
    public bool Actions { get; init; }

    /// <summary>Gets a value indicating whether attachments are carried; otherwise a message that has some is refused.</summary>
    public bool Attachments { get; init; }

    /// <summary>Gets a value indicating whether further recipients (Cc, Bcc) can share a delivery.</summary>
    public bool ExtraRecipients { get; init; }

    /// <summary>Gets the longest text, in characters; <see langword="null"/> for no limit.</summary>
    public int? MaxTextLength { get; init; }

    /// <summary>Gets the largest message with attachments, in bytes as given; <see langword="null"/> for no limit.</summary>
    public long? MaxMessageBytes { get; init; }

    /// <summary>Gets the most recipients of one delivery.</summary>
    /// <value>The default is 1.</value>
    public int MaxRecipients { get; init; } = 1;

    /// <summary>Gets the best proof of arrival that the medium ever reports. A route's deadline is set on it.</summary>
    /// <value>The default is <see cref="MessageEventType.Sent"/>: no receipts.</value>
    public MessageEventType BestProof { get; init; } = MessageEventType.Sent;

    /// <summary>Gets the provider's documented limit for one account; <see langword="null"/> for none.</summary>
    public RateLimit? AccountLimit { get; init; }

    /// <summary>Gets the provider's documented limit for one recipient; <see langword="null"/> for none.</summary>
    public RateLimit? RecipientLimit { get; init; }
}

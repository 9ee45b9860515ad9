using Messaging.Templates;

namespace Messaging;

/// <summary>One message to be sent. Give <see cref="Content"/> or <see cref="Template"/>, and <see cref="Channel"/> or <see cref="Route"/>.</summary>
public sealed record SendRequest
{
    /// <summary>Gets the tenant; <see langword="null"/> means the hub's own, see <see cref="IMessageHub.ForTenant"/>.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Gets who the message is for. Each recipient gets a delivery of its own: nobody sees the others.</summary>
    public required RecipientList To { get; init; }

    /// <summary>Gets further recipients of the same delivery, visible to all, each with a result of its own. Only with a single <see cref="To"/>.</summary>
    public IReadOnlyList<Recipient> Cc { get; init; } = [];

    /// <summary>Gets further recipients of the same delivery, visible to nobody, each with a result of its own. Only with a single <see cref="To"/>.</summary>
    public IReadOnlyList<Recipient> Bcc { get; init; } = [];

    /// <summary>Gets the sender, in the medium's own form (<c>Salon &lt;salon@example.com&gt;</c>); <see langword="null"/> means the account's default.</summary>
    public string? From { get; init; }

    /// <summary>Gets where answers go; <see langword="null"/> means the sender.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Gets the account, the account group or the kind that carries the message.</summary>
    /// <value><see langword="null"/> means the definition's route, then the kind of the recipient's address.</value>
    public string? Channel { get; init; }

    /// <summary>Gets the name of a route registered with <c>AddRoute</c>.</summary>
    public string? Route { get; init; }

    /// <summary>Gets the content as it is to arrive.</summary>
    public MessageContent? Content { get; init; }

    /// <summary>Gets the template that makes the content, and its data.</summary>
    public TemplateReference? Template { get; init; }

    /// <summary>Gets why the message is sent: consent and caps are kept per category.</summary>
    /// <value>The default is <c>transactional</c>.</value>
    public string Category { get; init; } = Categories.Transactional;

    /// <summary>Gets the lane.</summary>
    /// <value>The default is <see cref="MessagePriority.Normal"/>; <see cref="MessagePriority.Bulk"/> in a bulk send.</value>
    public MessagePriority? Priority { get; init; }

    /// <summary>Gets the instant before which the message is not sent; <see langword="null"/> means now.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Gets the instant after which sending is pointless; <see langword="null"/> means the kind's own time limit.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the caller's key under which this request is accepted once within the idempotency window; up to 200 characters.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Gets the caller's own key for finding the message again (<c>booking:981</c>); indexed, need not be unique, up to 200 characters.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets data of the caller's that travels with the message and comes back with its events. At most 50 entries and 8 KiB.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = EmptyMetadata.Instance;

    /// <summary>Gets a value indicating whether body and data are dropped at settle and masked everywhere (one-time codes, reset links).</summary>
    public bool Sensitive { get; init; }

    /// <summary>Gets the attachments.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Gets typed extras for a kind, ignored by the others.</summary>
    public IReadOnlyList<IChannelExtras> Extras { get; init; } = [];

    /// <summary>Gets the BCP 47 locale to render in; <see langword="null"/> means the recipient's, then the tenant's, then the suite's.</summary>
    public string? Locale { get; init; }
}

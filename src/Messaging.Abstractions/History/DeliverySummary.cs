namespace Messaging;

/// <summary>One row of history. Holds no address and no content.</summary>
public sealed record DeliverySummary
{
    /// <summary>Gets the delivery.</summary>
    public required DeliveryId Id { get; init; }

    /// <summary>Gets the message.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>Gets the tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the account that carried it last; before any attempt, the account or group that is to.</summary>
    public required string Account { get; init; }

    /// <summary>Gets the category.</summary>
    public required string Category { get; init; }

    /// <summary>Gets the lane.</summary>
    public required MessagePriority Priority { get; init; }

    /// <summary>Gets the template's code; <see langword="null"/> for raw content.</summary>
    public string? Template { get; init; }

    /// <summary>Gets the contact, when the recipient is one.</summary>
    public ContactId? ContactId { get; init; }

    /// <summary>Gets the caller's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets where it stands.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>Gets the reason for where it stands, unless all is well.</summary>
    public Why? Why { get; init; }

    /// <summary>Gets the number of provider calls.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets when it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Gets when it is due next; <see langword="null"/> when nothing is to be done.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets when its work ended; <see langword="null"/> before.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Gets the provider's id, when there is one.</summary>
    public string? ProviderId { get; init; }
}

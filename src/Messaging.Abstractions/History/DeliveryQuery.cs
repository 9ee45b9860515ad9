namespace Messaging;

/// <summary>Which deliveries to list. Everything given must hold.</summary>
public sealed record DeliveryQuery
{
    /// <summary>Gets the tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the message or bulk.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Gets the caller's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets the contact.</summary>
    public ContactId? ContactId { get; init; }

    /// <summary>Gets the address.</summary>
    public Address? Address { get; init; }

    /// <summary>Gets the statuses, any of which will do; empty means all.</summary>
    public IReadOnlyList<DeliveryStatus> Statuses { get; init; } = [];

    /// <summary>Gets the kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Gets the account.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the category.</summary>
    public string? Category { get; init; }

    /// <summary>Gets the template's code.</summary>
    public string? Template { get; init; }

    /// <summary>Gets a value indicating whether only dead letters are meant.</summary>
    public bool DeadLetters { get; init; }

    /// <summary>Gets the first instant of acceptance.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the instant before which it was accepted.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gets the cursor of an earlier page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Gets the length of the page.</summary>
    /// <value>Between 1 and 100; the default is 50.</value>
    public int Limit { get; init; } = 50;
}

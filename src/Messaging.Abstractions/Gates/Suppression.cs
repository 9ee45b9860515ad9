namespace Messaging.Gates;

/// <summary>This address or contact must not get this category or kind. Exactly one of address and contact is set.</summary>
public sealed record Suppression
{
    /// <summary>Gets the owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the address.</summary>
    public Address? Address { get; init; }

    /// <summary>Gets the contact.</summary>
    public ContactId? ContactId { get; init; }

    /// <summary>Gets the kind that is meant; <see langword="null"/> means all. With an address, its own kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Gets the category that is meant; <see langword="null"/> means all.</summary>
    public string? Category { get; init; }

    /// <summary>Gets the reason.</summary>
    public required SuppressionReason Reason { get; init; }

    /// <summary>Gets who or what put it there: a person, a webhook, the suite.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the instant from which it counts.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Gets the instant at which it ends; <see langword="null"/> means never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Names the reason only: who it is, is personal data.</summary>
    public override string ToString() => $"Suppression: {Reason}";
}

namespace Messaging.Storage;

/// <summary>A provider's report on a delivery, kept once under its key.</summary>
public sealed record StoredEvent
{
    /// <summary>Gets what it is unique by: the account's owner and name, and the provider's key.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the owner of the delivery.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the delivery.</summary>
    public required DeliveryId DeliveryId { get; init; }

    /// <summary>Gets what happened.</summary>
    public required MessageEventType Type { get; init; }

    /// <summary>Gets when, by the provider's clock.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Gets when it reached us.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Gets the generation it belongs to; <see langword="null"/> means the delivery's current one.</summary>
    public int? Generation { get; init; }

    /// <summary>Gets the account.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the provider's own code.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>Gets the provider's own words, free of addresses.</summary>
    public string? ProviderText { get; init; }

    /// <summary>Gets a value indicating whether it must not count as evidence (a receipt for what was never submitted): it is kept in the timeline only.</summary>
    public bool Quarantined { get; init; }
}

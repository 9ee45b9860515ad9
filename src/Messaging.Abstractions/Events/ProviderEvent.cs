using Messaging.Channels;

namespace Messaging;

/// <summary>A fact that a provider reported, normalised by its channel.</summary>
public sealed record ProviderEvent
{
    /// <summary>Gets the account that it came through.</summary>
    public required string Account { get; init; }

    /// <summary>Gets the tenant that owns the account; <see langword="null"/> for an account of the host.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Gets the key that is the same whenever the provider repeats this event; unique within the account.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the delivery, when the provider hands our id back.</summary>
    public DeliveryId? DeliveryId { get; init; }

    /// <summary>Gets the provider's own id, when <see cref="DeliveryId"/> is not known.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Gets what happened.</summary>
    public required MessageEventType Type { get; init; }

    /// <summary>Gets when it happened, by the provider's clock.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Gets the kind of refusal, when it is one.</summary>
    public RejectionReason Reason { get; init; }

    /// <summary>Gets whose fault a refusal is.</summary>
    public FailureScope Scope { get; init; }

    /// <summary>Gets the provider's own code.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>Gets the provider's own words, free of addresses.</summary>
    public string? ProviderText { get; init; }
}

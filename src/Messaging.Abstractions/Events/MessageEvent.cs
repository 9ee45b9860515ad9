namespace Messaging;

/// <summary>Something happened to a delivery; what <see cref="IMessageEventHandler"/>s get.</summary>
public sealed record MessageEvent
{
    /// <summary>Gets the key of the event: the same in every redelivery, so a handler can tell that it has seen it.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the message.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>Gets the delivery.</summary>
    public required DeliveryId DeliveryId { get; init; }

    /// <summary>Gets what happened.</summary>
    public required MessageEventType Type { get; init; }

    /// <summary>Gets the status of the delivery after it.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>Gets when it happened, by the one who reported it.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Gets the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the account that carried it, when one did.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the caller's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets the caller's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = EmptyMetadata.Instance;

    /// <summary>Gets the reason, when it is not good news.</summary>
    public Why? Why { get; init; }

    /// <summary>Gets the provider's own code.</summary>
    public string? ProviderCode { get; init; }
}

namespace Messaging;

/// <summary>A message with its content and deliveries.</summary>
public sealed record MessageDetails
{
    /// <summary>Gets the message.</summary>
    public required MessageId Id { get; init; }

    /// <summary>Gets the tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the category.</summary>
    public required string Category { get; init; }

    /// <summary>Gets the template's code; <see langword="null"/> for raw content.</summary>
    public string? Template { get; init; }

    /// <summary>Gets the caller's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets the caller's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = EmptyMetadata.Instance;

    /// <summary>Gets the content that all deliveries share; <see langword="null"/> when it is made from a template or was sensitive.</summary>
    public MessageContent? Content { get; init; }

    /// <summary>Gets when it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Gets the deliveries: the first 100; the rest by <see cref="IMessageHistory.QueryAsync"/>.</summary>
    public required IReadOnlyList<DeliverySummary> Deliveries { get; init; }
}

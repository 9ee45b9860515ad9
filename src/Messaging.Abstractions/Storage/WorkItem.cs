namespace Messaging.Storage;

/// <summary>A piece of work other than a delivery, which is its own work item.</summary>
public sealed record WorkItem
{
    /// <summary>Gets the identity; of a delivery, the delivery's.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets what it is.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>Gets whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets its lane.</summary>
    public MessagePriority Priority { get; init; } = MessagePriority.Normal;

    /// <summary>Gets when it may be claimed; a past instant means now.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Gets what it is about, in the worker's own format.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}

namespace Messaging.Storage;

/// <summary>A message as stores keep it: columns to find it by, and a payload that only the suite's core reads. Immutable.</summary>
public sealed record StoredMessage
{
    /// <summary>Gets the identity.</summary>
    public required MessageId Id { get; init; }

    /// <summary>Gets the owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets when it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Gets why it is sent.</summary>
    public required string Category { get; init; }

    /// <summary>Gets the template's code; <see langword="null"/> for raw content.</summary>
    public string? Template { get; init; }

    /// <summary>Gets the caller's own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets when sending becomes pointless.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets a value indicating whether payloads are dropped: each delivery's once that is done, and the message's once all are.</summary>
    /// <remarks>
    /// A message accepted without deliveries, such as a bulk, keeps its own payload: more deliveries may come. So does one with a delivery that is
    /// a step of a route, and its deliveries with it: the next step needs them. When the route has ended, <see cref="Change.Drops"/> lets them go.
    /// </remarks>
    public bool Sensitive { get; init; }

    /// <summary>Gets what all deliveries share. The store copies it before the commit completes.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}

namespace Messaging.Storage;

/// <summary>A delivery as it is accepted: columns to find it by, and a payload that only the suite's core reads. Immutable.</summary>
public sealed record StoredDelivery
{
    /// <summary>Gets the identity.</summary>
    public required DeliveryId Id { get; init; }

    /// <summary>Gets the message.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>Gets the owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the address, and by it the kind.</summary>
    public required Address Address { get; init; }

    /// <summary>Gets the account or group that is to carry it.</summary>
    public required string Channel { get; init; }

    /// <summary>Gets the lane.</summary>
    public required MessagePriority Priority { get; init; }

    /// <summary>Gets when it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Gets the contact, when the recipient is one.</summary>
    public ContactId? ContactId { get; init; }

    /// <summary>Gets the caller's own reference; the message's unless an item has its own.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets the route that it is a step of.</summary>
    public PlanId? PlanId { get; init; }

    /// <summary>Gets which step of the route it is, from 0.</summary>
    public int PlanStep { get; init; }

    /// <summary>Gets what it is unique by within its message, so that a bulk stream can be played again; zero means nothing.</summary>
    public UInt128 ItemHash { get; init; }

    /// <summary>Gets the state in which it starts: <see cref="WorkState.Ready"/>, <see cref="WorkState.Waiting"/>, <see cref="WorkState.Parked"/> or, when a gate stopped it, <see cref="WorkState.Done"/>.</summary>
    public WorkState Work { get; init; } = WorkState.Ready;

    /// <summary>Gets when it may be claimed, when it waits.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Gets what it is parked under, when it is parked.</summary>
    public string? ParkKey { get; init; }

    /// <summary>Gets the reason, unless it is ready.</summary>
    public Why? Why { get; init; }

    /// <summary>Gets what is known at accept, such as <see cref="MessageEventType.Suppressed"/>.</summary>
    public Evidence Evidence { get; init; } = Evidence.None;

    /// <summary>Gets a value indicating whether it is a dead letter from the start: it is done, and <see cref="Evidence"/> says <see cref="MessageEventType.Dead"/>. It can be redriven and purged as any other.</summary>
    public bool IsDeadLetter => Work == WorkState.Done && Evidence.Has(MessageEventType.Dead);

    /// <summary>Gets the provider call that was made before it was stored, of a send within the call; it counts one attempt and stands in the timeline.</summary>
    public AttemptOutcome? Attempt { get; init; }

    /// <summary>Gets the provider's id, when <see cref="Attempt"/> brought one; receipts are found by it and the account.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Gets what only this recipient has: the rendered content, or the data to render. The store copies it before the commit completes.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}

namespace Messaging.Routing;

/// <summary>One step of a plan, for one recipient.</summary>
internal sealed record PlanStep
{
    /// <summary>Gets its place in the route, from 0; steps without an address are not in the plan.</summary>
    public required int Step { get; init; }

    public required string Channel { get; init; }

    public required Address Address { get; init; }

    /// <summary>Gets the best proof of arrival that the channel gives.</summary>
    public required MessageEventType Proof { get; init; }

    public TimeSpan? Within { get; init; }

    /// <summary>Gets the delivery; <see langword="null"/> while the step was not started.</summary>
    public DeliveryId? DeliveryId { get; init; }

    /// <summary>Gets the end of the time for proof.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Gets what the step's delivery starts with; dropped when it is started or no longer needed.</summary>
    public byte[]? Payload { get; init; }
}

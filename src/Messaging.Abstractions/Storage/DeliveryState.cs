namespace Messaging.Storage;

/// <summary>What changes about a delivery.</summary>
public sealed record DeliveryState
{
    /// <summary>Gets where it stands in the queue.</summary>
    public required WorkState Work { get; init; }

    /// <summary>Gets when it may be claimed, or its lease ends.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Gets since when it stands there; gates ask again after a wait. A wait that has ended does not count as a new place, nor does a hand back.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Gets the last reason.</summary>
    public Why? Why { get; init; }

    /// <summary>Gets the number of provider calls in this generation.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets the number of provider calls in all generations.</summary>
    public int TotalAttempts { get; init; }

    /// <summary>Gets a value indicating whether a provider call began under a lease that was lost: its outcome is unknown. Stays until a settlement carries an attempt, proves something, or ends the work.</summary>
    public bool AttemptBegan { get; init; }

    /// <summary>Gets how often it was redriven.</summary>
    public int Generation { get; init; }

    /// <summary>Gets what is known.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Gets the account of the last attempt.</summary>
    public string? Account { get; init; }

    /// <summary>Gets the provider's id.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Gets when its work ended.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Gets a value indicating whether somebody withdrew it while it was in a worker's hands. When the lease is lost, the store withdraws it instead of handing it out again.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Gets a value indicating whether it is in the dead-letter list.</summary>
    public bool DeadLetter { get; init; }

    /// <summary>Gets the status that follows.</summary>
    public DeliveryStatus Status => DeliveryStatusProjection.Project(Work, TotalAttempts, Evidence, Generation);
}

namespace Messaging.Storage;

/// <summary>What becomes of claimed work. Counts only while the lease is the current one.</summary>
public sealed record Settlement
{
    /// <summary>Gets the proof of the claim.</summary>
    public required LeaseToken Lease { get; init; }

    /// <summary>Gets the next state: <see cref="WorkState.Done"/>, <see cref="WorkState.Ready"/>, <see cref="WorkState.Waiting"/> or <see cref="WorkState.Parked"/>. A withdrawn delivery that would be tried again becomes Done and Canceled instead.</summary>
    public required WorkState Next { get; init; }

    /// <summary>Gets when it may be claimed again, when it waits.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Gets what it is parked under, when it is parked; an index key, see <see cref="Release"/>.</summary>
    public string? ParkKey { get; init; }

    /// <summary>Gets the reason, unless all is well.</summary>
    public Why? Why { get; init; }

    /// <summary>Gets the provider call that was made; <see langword="null"/> when none was. Each counts one attempt.</summary>
    public AttemptOutcome? Attempt { get; init; }

    /// <summary>Gets what it proves, dated by the caller and put into the delivery's current generation.</summary>
    public MessageEventType Proves { get; init; }

    /// <summary>Gets when that was.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Gets the provider's id, when it gave one; receipts are found by it and the account.</summary>
    public string? ProviderId { get; init; }

    /// <summary>Gets a value indicating whether the claim does not count: the work was handed back untouched. It keeps its place in the queue, its reason, and what an earlier owner left unknown.</summary>
    public bool HandBack { get; init; }

    /// <summary>Gets a value indicating whether it goes into the dead-letter list.</summary>
    public bool DeadLetter { get; init; }

    /// <summary>Gets a payload that takes the place of the delivery's: what was rendered at the first attempt is what retries send.</summary>
    public ReadOnlyMemory<byte>? Payload { get; init; }
}

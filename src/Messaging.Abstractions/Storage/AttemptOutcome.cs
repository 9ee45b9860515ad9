namespace Messaging.Storage;

/// <summary>How a provider call ended, for the timeline.</summary>
/// <param name="Account">The account.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Result">What it proves: Submitted, Rejected, Deferred (throttled or not sent) or Unconfirmed.</param>
public sealed record AttemptOutcome(string Account, DateTimeOffset StartedAt, TimeSpan Elapsed, MessageEventType Result)
{
    /// <summary>Gets the provider's own code.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>Gets the provider's own words, free of addresses; at most 500 characters are kept.</summary>
    public string? ProviderText { get; init; }
}

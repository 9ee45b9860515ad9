namespace Messaging;

/// <summary>One thing that happened to a delivery.</summary>
/// <param name="At">When.</param>
/// <param name="Type">What.</param>
public sealed record TimelineEntry(DateTimeOffset At, TimelineType Type)
{
    /// <summary>Gets the normalised fact, for <see cref="TimelineType.Event"/> and <see cref="TimelineType.Attempt"/>.</summary>
    public MessageEventType Event { get; init; }

    /// <summary>Gets the reason.</summary>
    public Why? Why { get; init; }

    /// <summary>Gets the number of the attempt, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>Gets the account.</summary>
    public string? Account { get; init; }

    /// <summary>Gets how long the provider call took.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>Gets the provider's own code.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>Gets the provider's own words, free of addresses.</summary>
    public string? ProviderText { get; init; }
}

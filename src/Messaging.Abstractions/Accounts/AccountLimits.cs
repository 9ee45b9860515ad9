namespace Messaging.Channels;

/// <summary>Limits of one account. What is <see langword="null"/> is not limited.</summary>
public sealed record AccountLimits
{
    /// <summary>Gets the limit of the whole account.</summary>
    public RateLimit? Account { get; init; }

    /// <summary>Gets the limit of one recipient on this account.</summary>
    public RateLimit? Recipient { get; init; }

    /// <summary>Gets the most messages in one UTC day.</summary>
    public int? PerDay { get; init; }
}

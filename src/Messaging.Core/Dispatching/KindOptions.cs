namespace Messaging.Dispatching;

/// <summary>How deliveries of one kind are tried again. What is not set is the kind's default.</summary>
public sealed class KindOptions
{
    /// <summary>Gets or sets the longest waits after the first, second, … failed attempt; the last one repeats. Each wait is drawn between 1 s and the longest, so that what failed together does not come back together; a wait that the provider names goes first.</summary>
    /// <value>Each between 1 s and 7 days. The default is 1, 5, 15 and 30 min, then 1 h for <c>email</c>; 5, 10, 20 s, 1, 2, 5, then 10 min for every other kind.</value>
    public IReadOnlyList<TimeSpan>? RetryAfter { get; set; }

    /// <summary>Gets or sets the most provider calls. After the last one the delivery goes to the dead letters.</summary>
    /// <value>Between 1 and 1,000; the default is 200 for <c>email</c>, which its expiry ends before, and 8 for every other kind.</value>
    public int? MaxAttempts { get; set; }

    /// <summary>Gets or sets what happens when nobody knows whether the provider has the message.</summary>
    /// <value>The default is <see cref="Dispatching.UnknownOutcome.Park"/> for <c>sms</c> and <c>voice</c>, and <see cref="Dispatching.UnknownOutcome.Retry"/> for every other kind.</value>
    public UnknownOutcome? UnknownOutcome { get; set; }

    /// <summary>Gets or sets a value indicating whether a message of unknown outcome may be tried through another account of its group, which can reach the recipient twice.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool? FailOverUnconfirmed { get; set; }

    /// <summary>Gets or sets the time after which a call that does not come back is cancelled: a last resort, well above the channel's own time limits.</summary>
    /// <value>Between 10 s and 1 h; the default is 15 min for <c>email</c>, whose servers may take 10 min for the final reply (RFC 5321 §4.5.3.2), and 2 min for every other kind.</value>
    public TimeSpan? AttemptTimeout { get; set; }
}

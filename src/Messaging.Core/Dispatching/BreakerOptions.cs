namespace Messaging.Dispatching;

/// <summary>When an account that fails is left alone, and how it is tried again.</summary>
public sealed class BreakerOptions
{
    /// <summary>Gets or sets how many failures of the account itself within <see cref="Window"/> open its breaker, when at least half of all its calls failed. A refused login opens it at once.</summary>
    /// <value>Between 1 and 10,000; the default is 5.</value>
    public int Failures { get; set; } = 5;

    /// <summary>Gets or sets the time in which failures are counted.</summary>
    /// <value>Between 1 s and 1 h; the default is 1 min.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long the account is left alone at first; twice as long after every probe that fails.</summary>
    /// <value>Between 1 s and 1 h; the default is 30 s.</value>
    public TimeSpan OpenFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the longest time that it is left alone.</summary>
    /// <value>Between 1 s and 24 h; the default is 10 min.</value>
    public TimeSpan MaxOpenFor { get; set; } = TimeSpan.FromMinutes(10);
}

namespace Messaging.Dispatching;

/// <summary>When an address that keeps sending messages back is left alone. One that does not exist is left alone at once.</summary>
public sealed class BounceOptions
{
    /// <summary>Gets or sets how many soft bounces (a full mailbox, a policy) within <see cref="Within"/> suppress an address.</summary>
    /// <value>Between 1 and 100; the default is 3.</value>
    public int SoftBounces { get; set; } = 3;

    /// <summary>Gets or sets the time in which soft bounces are counted.</summary>
    /// <value>Between 1 h and 366 days; the default is 14 days.</value>
    public TimeSpan Within { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Gets or sets how long such an address stays suppressed.</summary>
    /// <value>Between 1 h and 3660 days; the default is 30 days.</value>
    public TimeSpan SuppressFor { get; set; } = TimeSpan.FromDays(30);
}

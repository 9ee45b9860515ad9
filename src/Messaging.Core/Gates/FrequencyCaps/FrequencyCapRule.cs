namespace Messaging.Gates;

/// <summary>The cap of one category.</summary>
public sealed class FrequencyCapRule
{
    /// <summary>Gets or sets the most messages in any <see cref="Period"/>.</summary>
    /// <value>Between 1 and 1,000.</value>
    public int Limit { get; set; }

    /// <summary>Gets or sets the time that slides.</summary>
    /// <value>Between 1 min and 366 days; <see langword="null"/> means <see cref="FrequencyCapOptions.Period"/>.</value>
    public TimeSpan? Period { get; set; }
}

namespace Messaging.Gates;

/// <summary>The quota of one tenant.</summary>
public sealed class QuotaRule
{
    /// <summary>Gets or sets the most messages in one UTC day.</summary>
    /// <value>1 or more; <see langword="null"/> means no limit.</value>
    public int? PerDay { get; set; }

    /// <summary>Gets or sets the most messages in one UTC month.</summary>
    /// <value>1 or more; <see langword="null"/> means no limit.</value>
    public int? PerMonth { get; set; }
}

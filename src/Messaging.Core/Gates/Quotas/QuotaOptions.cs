using System.ComponentModel.DataAnnotations;

namespace Messaging.Gates;

/// <summary>How much each tenant may send. What is over the quota waits for the next day or month, in UTC.</summary>
/// <remarks>A message counts once, when it is about to be sent for the first time.</remarks>
public sealed class QuotaOptions
{
    /// <summary>Gets or sets the most messages of a tenant in one UTC day.</summary>
    /// <value>1 or more; <see langword="null"/>, the default, means no limit.</value>
    [Range(1, int.MaxValue)]
    public int? PerDay { get; set; }

    /// <summary>Gets or sets the most messages of a tenant in one UTC month.</summary>
    /// <value>1 or more; <see langword="null"/>, the default, means no limit.</value>
    [Range(1, int.MaxValue)]
    public int? PerMonth { get; set; }

    /// <summary>Gets the quotas of tenants that have one of their own, which takes the place of the common one.</summary>
    public IDictionary<string, QuotaRule> Tenants { get; } = new Dictionary<string, QuotaRule>(StringComparer.Ordinal);
}

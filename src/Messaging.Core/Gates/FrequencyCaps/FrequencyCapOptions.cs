using System.ComponentModel.DataAnnotations;

namespace Messaging.Gates;

/// <summary>How many messages one recipient gets. What is over the cap waits until the oldest counted message is a period old.</summary>
/// <remarks>A contact is counted over all its kinds and addresses, anyone else by address. Each category is counted apart.</remarks>
public sealed class FrequencyCapOptions
{
    /// <summary>Gets or sets the most messages of one category in any <see cref="Period"/>.</summary>
    /// <value>Between 1 and 1,000; the default is 30.</value>
    [Range(1, 1000)]
    public int Limit { get; set; } = 30;

    /// <summary>Gets or sets the time that slides.</summary>
    /// <value>Between 1 min and 366 days; the default is 30 days.</value>
    public TimeSpan Period { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets the categories that are not counted.</summary>
    /// <value>The default is <c>transactional</c>.</value>
    public ISet<string> Bypass { get; } = new HashSet<string>(StringComparer.Ordinal) { Messaging.Categories.Transactional };

    /// <summary>Gets the caps of categories that have one of their own.</summary>
    public IDictionary<string, FrequencyCapRule> Categories { get; } = new Dictionary<string, FrequencyCapRule>(StringComparer.Ordinal);
}

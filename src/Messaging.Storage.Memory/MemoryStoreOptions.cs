namespace Messaging.Storage.Memory;

/// <summary>How long the in-memory store keeps what is over. What is not over is never forgotten.</summary>
public sealed class MemoryStoreOptions
{
    /// <summary>Gets or sets how long a delivery is kept after its work has ended, with its content and timeline. Forgotten bit by bit, as the store takes in more.</summary>
    /// <value>Between 1 s and 3650 days; the default is 30 days.</value>
    public TimeSpan KeepHistoryFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets or sets how long counts by hour are kept; they outlive the deliveries that were counted.</summary>
    /// <value>Between 1 h and 3650 days; the default is 400 days.</value>
    public TimeSpan KeepStatisticsFor { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Gets or sets how long contents are kept after the work has ended; <see langword="null"/> as long as the delivery.</summary>
    internal TimeSpan? KeepContentsFor { get; set; }

    /// <summary>Gets or sets how long dead letters are kept; <see langword="null"/> as long as other deliveries.</summary>
    internal TimeSpan? KeepDeadLettersFor { get; set; }

    /// <summary>Gets how long deliveries of some categories are kept.</summary>
    internal IReadOnlyDictionary<string, TimeSpan> KeepCategoriesFor { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>Gets or sets a value indicating whether rows stand in pages so small that they can go to a file one by one.</summary>
    internal bool HasPages { get; set; }
}

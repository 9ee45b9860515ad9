using System.ComponentModel.DataAnnotations;

namespace Messaging.Storage.EfCore;

/// <summary>How the suite uses a database through EF Core.</summary>
public sealed class EfCoreStoreOptions
{
    /// <summary>Gets or sets a value indicating whether a start makes or upgrades the schema. Otherwise a missing or old schema is an error at the start.</summary>
    /// <value>The default is <see langword="true"/>. A schema that is current needs no right to change it.</value>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>Gets or sets how long an idle node waits before it looks for work that other nodes accepted; a fifth more or less.</summary>
    /// <value>Between 50 ms and 1 min; the default is 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a delivery is kept after its work has ended, with its content and timeline. Its count stays in the statistics.</summary>
    /// <value>Between 1 day and 3650 days; the default is 30 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepHistoryFor { get; set; } = TimeSpan.FromDays(30);
}

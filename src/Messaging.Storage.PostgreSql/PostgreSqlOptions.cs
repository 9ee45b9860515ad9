using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace Messaging.Storage.PostgreSql;

/// <summary>How the suite uses a PostgreSQL database, version 14 or newer.</summary>
/// <remarks>
/// A node needs five connections under load: two accept, one settles, one claims, one does the rest; one more listens when
/// <see cref="Listen"/> is set. Reads of the history use further ones while they run. Nothing that matters is kept in a session, so with
/// <see cref="ThroughPooler"/> it works through PgBouncer in transaction mode.
/// </remarks>
public sealed class PostgreSqlOptions
{
    /// <summary>Gets or sets how to connect, in Npgsql's words: <c>Host=…;Database=…;Username=…;Password=…</c>. Required unless <see cref="DataSource"/> is given.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Gets or sets the host's own source of connections, which the host also disposes of. It takes the place of <see cref="ConnectionString"/>.</summary>
    /// <remarks>
    /// It is used as it is. The suite's own source keeps buffers of 32 KB, prepares statements, and sets <c>jit=off</c> and <c>enable_seqscan=off</c>: a
    /// connection that prepares keeps a look-up's plan from when a table was small, and a scan would then be the cheapest.
    /// </remarks>
    public NpgsqlDataSource? DataSource { get; set; }

    /// <summary>Gets or sets how many connections the suite's own source opens at the most.</summary>
    /// <value>Between 4 and 1000; the default is 16.</value>
    [Range(4, 1000)]
    public int MaxConnections { get; set; } = 16;

    /// <summary>Gets or sets how long an idle node waits before it looks for work that other nodes accepted; ± 20 %.</summary>
    /// <value>Between 50 ms and 1 min; the default is 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets a value indicating whether nodes tell each other about new work by LISTEN and NOTIFY, at most every 50 ms, on a connection of their own.</summary>
    /// <value>The default is <see langword="true"/>. Without it, polling finds the work of other nodes.</value>
    public bool Listen { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether a pooler that gives connections by the transaction, such as PgBouncer in transaction mode, stands between. Then nothing is prepared and nobody listens.</summary>
    /// <value>The default is <see langword="false"/>. Statements are prepared on the suite's own connections only; a <see cref="DataSource"/> of the host is used as it is.</value>
    public bool ThroughPooler { get; set; }

    /// <summary>Gets or sets a value indicating whether a start brings the schema up to date. Otherwise an old schema is an error at the start.</summary>
    /// <value>The default is <see langword="true"/>. A schema that is current needs no right to change it.</value>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>Gets or sets how long a delivery is kept after its work has ended, with its content and timeline. Days go as a whole.</summary>
    /// <value>Between 1 day and 3650 days; the default is 30 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepHistoryFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets or sets how long counts by hour are kept; they outlive the deliveries that were counted.</summary>
    /// <value>Between 1 day and 3650 days; the default is 400 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepStatisticsFor { get; set; } = TimeSpan.FromDays(400);
}

using Messaging.Storage.PostgreSql.Data;

namespace Messaging.Storage.PostgreSql.Maintenance;

/// <summary>Says that this node is alive, and learns whether others are.</summary>
internal sealed class Heartbeat(Database database, string node)
{
    private static readonly TimeSpan s_alive = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_forgotten = TimeSpan.FromDays(1);

    /// <summary>Beats.</summary>
    /// <returns>Whether another node is alive too.</returns>
    public async ValueTask<bool> BeatAsync(CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            """
            INSERT INTO messaging.nodes (name, started_at, seen_at) SELECT $1, at, at FROM (SELECT messaging.messaging_now() AS at) clock
            ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at
            """,
            cancellationToken,
            Query.With(node)).ConfigureAwait(false);
        var others = await database.ListAsync(
            "SELECT EXISTS (SELECT FROM messaging.nodes n WHERE n.name <> $1 AND n.seen_at > messaging.messaging_now() - $2)",
            static reader => reader.GetBoolean(0),
            cancellationToken,
            Query.With(node),
            Query.With(s_alive.Ticks)).ConfigureAwait(false);
        return others[0];
    }

    /// <summary>Takes this node off the list, and those that were not seen for a day.</summary>
    public async ValueTask LeaveAsync(CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "DELETE FROM messaging.nodes n WHERE n.name = $1 OR n.seen_at < messaging.messaging_now() - $2",
            cancellationToken,
            Query.With(node),
            Query.With(s_forgotten.Ticks)).ConfigureAwait(false);
}

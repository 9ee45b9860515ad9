using Messaging.Storage.PostgreSql.Data;

namespace Messaging.Storage.PostgreSql.Maintenance;

/// <summary>Forgets what is over: days of history as a whole, the rest in pages; keys whose windows ended; buckets that are full; old counts.</summary>
internal sealed class Retention(Database database, PostgreSqlOptions options)
{
    private const int Page = 1000;

    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        await SchemaGate.PrepareDaysAsync(database, cancellationToken).ConfigureAwait(false);
        await PagesAsync(
            "SELECT messaging.forget(messaging.messaging_now() - $1, $2)", options.KeepHistoryFor.Ticks, cancellationToken).ConfigureAwait(false);
        await PagesAsync(
            Delete("idempotency", "tenant, key", "keep_until <= messaging.messaging_now() - $1"), 0, cancellationToken).ConfigureAwait(false);
        await PagesAsync(
            Delete("buckets", "key", "arrival <= messaging.messaging_now() - $1"), TimeSpan.FromHours(1).Ticks, cancellationToken).ConfigureAwait(false);
        await PagesAsync(
            Delete("statistics", "tenant, hour, kind, account, status", "hour < messaging.messaging_now() - $1"),
            options.KeepStatisticsFor.Ticks,
            cancellationToken).ConfigureAwait(false);
    }

    private static string Delete(string table, string key, string condition) =>
        $"""
        WITH gone AS (
          DELETE FROM messaging.{table} WHERE ({key}) IN (SELECT {key} FROM messaging.{table} WHERE {condition} LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING 1)
        SELECT count(*)::integer FROM gone
        """;

    private async ValueTask PagesAsync(string statement, long keepFor, CancellationToken cancellationToken)
    {
        var gone = Page;
        while (gone >= Page)
        {
            gone = (await database.ListAsync(
                statement, static reader => reader.GetInt32(0), cancellationToken, Query.With(keepFor), Query.With(Page)).ConfigureAwait(false))[0];
        }
    }
}

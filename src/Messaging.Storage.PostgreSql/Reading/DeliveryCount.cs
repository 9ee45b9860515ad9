using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>Counts deliveries by hour, kind, account and status: those that are there, and those that retention has taken away.</summary>
internal sealed class DeliveryCount(Database database)
{
    private const string OfRows =
        $"""
        SELECT d.accepted_at - d.accepted_at % 36000000000 AS hour, d.kind, coalesce(s.account, d.channel) AS account, {DeliveryColumns.Status} AS status, count(*) AS count
        FROM messaging.deliveries d
        LEFT JOIN messaging.states s ON s.id = d.id
        LEFT JOIN messaging.work w ON w.id = d.id AND w.kind = 0
        {DeliveryColumns.Clock}
        WHERE d.tenant = $1 AND d.accepted_at >= $2 AND d.accepted_at < $3
        """;

    private const string Grouped = " GROUP BY 1, 2, 3, 4";

    private const string OfTenant =
        $"""
        SELECT hour, kind, account, status, sum(count)::bigint FROM (
          {OfRows}{Grouped}
          UNION ALL
          SELECT f.hour, f.kind, f.account, f.status, f.count FROM messaging.statistics f WHERE f.tenant = $1 AND f.hour >= $2 AND f.hour < $3) counts
        GROUP BY 1, 2, 3, 4
        """;

    private const string OfMessage = OfRows + " AND d.message_id = $4" + Grouped;

    public async ValueTask<DeliveryStatistics> RunAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        List<NpgsqlParameter> parameters = [Query.With(query.Tenant.Value), Query.With(ToHour(query.From, 0)), Query.With(ToHour(query.To, long.MaxValue))];
        if (query.MessageId is { } message)
        {
            parameters.Add(Query.With(message.Value));
        }

        var counts = await database.ListLongAsync(
            query.MessageId is null ? OfTenant : OfMessage,
            static reader => new Cell(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), (DeliveryStatus)reader.GetInt32(3), reader.GetInt64(4)),
            cancellationToken,
            parameters).ConfigureAwait(false);
        return ToStatistics(counts);
    }

    private static long ToHour(DateTimeOffset? at, long otherwise) => at is { } instant ? instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerHour) : otherwise;

    private static DeliveryStatistics ToStatistics(List<Cell> cells) => new(
        cells.Sum(cell => cell.Count),
        cells.GroupBy(cell => cell.Status).ToDictionary(group => group.Key, group => group.Sum(cell => cell.Count)),
        [.. cells.GroupBy(cell => (cell.Kind, cell.Account, cell.Status))
            .Select(group => new AccountCount(group.Key.Kind, group.Key.Account, group.Key.Status, group.Sum(cell => cell.Count)))],
        [.. cells.GroupBy(cell => (cell.Hour, cell.Status)).OrderBy(group => group.Key)
            .Select(group => new HourCount(Codes.ToInstant(group.Key.Hour), group.Key.Status, group.Sum(cell => cell.Count)))]);

    private readonly record struct Cell(long Hour, string Kind, string Account, DeliveryStatus Status, long Count);
}

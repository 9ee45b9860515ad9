using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Counts work. A large queue takes long to count, so its figures are kept for as much longer; they may be a second old.</summary>
internal sealed class DepthGauge(Database database, TimeProvider time)
{
    private const string Statement =
        """
        SELECT count(*) FILTER (WHERE state = 1 OR (state = 0 AND due_at <= at) OR (state = 2 AND lease_until <= at)),
          count(*) FILTER (WHERE state = 2 AND lease_until > at),
          count(*) FILTER (WHERE state = 0 AND due_at > at),
          count(*) FILTER (WHERE state = 3),
          min(CASE state WHEN 0 THEN due_at WHEN 2 THEN lease_until END) FILTER (WHERE (state = 0 AND due_at > at) OR (state = 2 AND lease_until > at)),
          min(due_at) FILTER (WHERE state = 1 OR (state = 0 AND due_at <= at) OR (state = 2 AND lease_until <= at))
        FROM messaging.work, (SELECT messaging.messaging_now() AS at) clock
        """;

    private static readonly TimeSpan s_worthKeeping = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    private (QueueDepth Depth, long At)? _kept;

    public async ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken)
    {
        if (_kept is { } kept && time.GetElapsedTime(kept.At) < s_longest)
        {
            return kept.Depth;
        }

        var start = time.GetTimestamp();
        var depth = await ReadAsync(cancellationToken).ConfigureAwait(false);
        _kept = time.GetElapsedTime(start) > s_worthKeeping ? (depth, time.GetTimestamp()) : null;
        return depth;
    }

    private async ValueTask<QueueDepth> ReadAsync(CancellationToken cancellationToken) =>
        (await database.ListPlannedAsync(Statement, Read, cancellationToken).ConfigureAwait(false))[0];

    private static QueueDepth Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), Codes.ToInstantOrNull(reader.Number(4)), Codes.ToInstantOrNull(reader.Number(5)));
}

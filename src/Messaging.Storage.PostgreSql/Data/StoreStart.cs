using Messaging.Storage.EfCore.Commit;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>What comes before the first call: the schema is looked at, and the turns that were given are learned. Once; a failure is tried again by the next call.</summary>
internal sealed class StoreStart(Database database, Turns turns, PostgreSqlOptions options) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _isDone;

    public ValueTask EnsureAsync(CancellationToken cancellationToken) => _isDone ? ValueTask.CompletedTask : RunAsync(cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isDone)
            {
                await SchemaGate.PassAsync(database, options, cancellationToken).ConfigureAwait(false);
                await LearnAsync(cancellationToken).ConfigureAwait(false);
                _isDone = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Learns the last turns, and where each lane stands: at the first that is ready, or behind all that were given.</summary>
    private async ValueTask LearnAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(
            "SELECT t.lane, t.tenant, t.turn FROM messaging.turns t",
            reader => turns.Learn(reader.GetInt16(0), reader.GetString(1), reader.GetInt64(2)),
            cancellationToken).ConfigureAwait(false);
        await ReadAsync(
            "SELECT w.lane, w.tenant, max(w.turn) FROM messaging.work w WHERE w.stands = 1 GROUP BY w.lane, w.tenant",
            reader => turns.Learn(reader.GetInt16(0), reader.GetString(1), reader.GetInt64(2)),
            cancellationToken).ConfigureAwait(false);
        await ReadAsync(
            """
            SELECT l.lane::smallint, coalesce(
              (SELECT min(w.turn) FROM messaging.work w WHERE w.stands = 1 AND w.lane = l.lane), (SELECT max(t.turn) FROM messaging.turns t WHERE t.lane = l.lane), 0)
            FROM generate_series(0, 3) AS l (lane)
            """,
            reader => turns.Claimed(reader.GetInt16(0), reader.GetInt64(1)),
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReadAsync(string statement, Action<NpgsqlDataReader> read, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand(statement, connection);
        await using var __ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ___ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            read(reader);
        }
    }
}

using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Waits until there may be work: until this process brings some, another node tells of some, something becomes due or is lost, or a poll finds some.</summary>
internal sealed class WorkWaiter(Database database, WorkSignal signal, PostgreSqlOptions options, TimeProvider time)
{
    private const double Jitter = 0.2;

    private const string Statement = "SELECT * FROM messaging.look($1)";

    public async ValueTask WaitAsync(IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = signal.Next;
            var (isThere, wait) = await LookAsync(kinds, cancellationToken).ConfigureAwait(false);
            if (isThere)
            {
                return;
            }

            try
            {
                await next.WaitAsync(wait, time, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException)
            {
                // Nobody told of work, so look again.
            }
        }
    }

    private async ValueTask<(bool IsThere, TimeSpan Wait)> LookAsync(IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand(Statement, connection);
        command.Parameters.Add(new NpgsqlParameter<short[]?>
        {
            TypedValue = kinds.Count == 0 ? null : [.. kinds.Select(kind => (short)kind)],
            DataTypeName = "smallint[]",
        });
        await using var __ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ___ = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.GetBoolean(0), Wait(reader.Number(1)));
    }

    /// <summary>A poll, a little sooner or later than others', but not after the next wait that ends.</summary>
    private TimeSpan Wait(long? untilNext)
    {
        var poll = options.PollInterval * (1 - Jitter + (2 * Jitter * Random.Shared.NextDouble()));
        return untilNext is { } ticks && ticks < poll.Ticks ? TimeSpan.FromTicks(Math.Max(ticks, TimeSpan.TicksPerMillisecond)) : poll;
    }
}

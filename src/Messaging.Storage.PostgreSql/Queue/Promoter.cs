using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Makes ready what has become due, and withdraws what was cancelled in the hands of an owner that is gone.</summary>
internal sealed class Promoter(Database database, Turns turns)
{
    private const int Page = 4096;

    private readonly CommitDialect _dialect = new(database);

    /// <summary>Makes one page of what is due ready, the oldest first.</summary>
    /// <returns>How many became ready.</returns>
    public async ValueTask<int> PromoteAsync(CancellationToken cancellationToken)
    {
        using var open = turns.Commits.Begin();
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var (ids, kinds, given) = await LockDueAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
        if (ids.Count > 0)
        {
            await MakeReadyAsync(connection, transaction, ids, kinds, given, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return ids.Count;
    }

    /// <summary>Withdraws work that was cancelled while an owner held it whose lease has ended.</summary>
    public async ValueTask WithdrawLostAsync(CancellationToken cancellationToken)
    {
        Guid[] lost = [.. await FindLostAsync(cancellationToken).ConfigureAwait(false)];
        if (lost.Length == 0)
        {
            return;
        }

        using var open = turns.Commits.Begin();
        var transaction = await _dialect.BeginAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var keys = new CommitKeys([], []);
        keys.Deliveries.UnionWith(lost);
        var set = await transaction.LoadAsync(keys, turns, cancellationToken).ConfigureAwait(false);
        var rules = new ChangeRules(set);
        foreach (var id in lost)
        {
            if (set.WorkOf(id) is { State: (short)WorkState.Leased } work && work.LeaseUntil <= set.Now)
            {
                rules.Settling.Lose(work);
            }
        }

        await transaction.SaveAsync(set, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<List<Guid>> FindLostAsync(CancellationToken cancellationToken)
    {
        var command = database.Source.CreateCommand(
            """
            SELECT w.id FROM messaging.work w
            WHERE w.stands = 2 AND w.lease_until <= messaging.messaging_now() AND w.kind = 0 ORDER BY w.place LIMIT 500
            """);
        await using var _ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    private async ValueTask<(List<Guid> Ids, List<short> Kinds, List<long> Turns)> LockDueAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(
            "SELECT * FROM messaging.lock_due($1)",
            connection,
            transaction)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = Page } },
        };
        await using var _ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var (ids, kinds, given) = (new List<Guid>(), new List<short>(), new List<long>());
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(reader.GetGuid(0));
            kinds.Add(reader.GetInt16(1));
            given.Add(turns.Next(reader.GetInt16(2), reader.GetString(3)));
        }

        return (ids, kinds, given);
    }

    private static async ValueTask MakeReadyAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<Guid> ids, List<short> kinds, List<long> given, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(
            "SELECT messaging.make_ready($1, $2, $3)",
            connection,
            transaction)
        {
            Parameters = { new() { Value = ids.ToArray() }, new() { Value = kinds.ToArray() }, new() { Value = given.ToArray() } },
        };
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}

using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Queue;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Writes new messages without a look first: one round trip, which is a transaction of its own.</summary>
/// <remarks>When an identity or a key is there already, nothing was written, and the changes go the general way, which says what each of them is.</remarks>
internal sealed class AcceptBatch(Database database, Turns turns, FreshContents fresh)
{
    /// <summary>Writes all, or nothing.</summary>
    /// <returns>The results; <see langword="null"/> when something is there already.</returns>
    public async ValueTask<IReadOnlyList<ChangeResult>?> TryAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        using var open = turns.Commits.Begin();

        // An empty set at the instant 0: rows say "the database's clock" where they would say "now".
        var set = new WorkingSet(0, turns);
        var rules = new ChangeRules(set);
        var results = new ChangeResult[changes.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = rules.Apply(changes[i], []);
            if (results[i].Status != ChangeStatus.Applied)
            {
                return null;
            }
        }

        if (!await TryWriteAsync(set, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        // Not before: what was stored under these identities earlier may be something else.
        fresh.Add(set);
        return results;
    }

    private async ValueTask<bool> TryWriteAsync(WorkingSet set, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection);
        await using var __ = batch.ConfigureAwait(false);
        CommitWriter.Write(set, batch);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (Database.IsTransient(e))
        {
            return false;
        }
    }
}

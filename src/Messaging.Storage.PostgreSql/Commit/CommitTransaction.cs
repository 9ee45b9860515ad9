using Messaging.Storage.EfCore.Commit;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Commit;

internal sealed class CommitTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : ICommitTransaction
{
    private bool _isCommitted;

    public ValueTask<WorkingSet> LoadAsync(CommitKeys keys, Turns turns, CancellationToken cancellationToken) =>
        new CommitLoader(keys).LoadAsync(connection, transaction, turns, cancellationToken);

    /// <summary>Writes and commits in one round trip: nothing is decided between the two, and a statement that fails keeps those after it from running.</summary>
    public async ValueTask<bool> SaveAsync(WorkingSet set, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection, transaction);
        await using var _ = batch.ConfigureAwait(false);
        CommitWriter.Write(set, batch);
        if (batch.BatchCommands.Count == 0)
        {
            return true;
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return _isCommitted = true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (!_isCommitted)
        {
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}

using Messaging.Storage.EfCore.Commit;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Commit;

internal sealed class CommitTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : ICommitTransaction
{
    public ValueTask<WorkingSet> LoadAsync(CommitKeys keys, Turns turns, CancellationToken cancellationToken) =>
        new CommitLoader(keys).LoadAsync(connection, transaction, turns, cancellationToken);

    public async ValueTask<bool> SaveAsync(WorkingSet set, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection, transaction);
        await using var _ = batch.ConfigureAwait(false);
        CommitWriter.Write(set, batch);
        if (batch.BatchCommands.Count == 0)
        {
            return true;
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken) => await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync().ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}

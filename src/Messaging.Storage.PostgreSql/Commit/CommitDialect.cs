using System.Data;
using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Runs commits in PostgreSQL's own words: one round trip loads, one writes and commits.</summary>
internal sealed class CommitDialect(Database database) : ICommitDialect
{
    public async ValueTask<ICommitTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new CommitTransaction(connection, await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public bool IsTransient(Exception exception) => Database.IsTransient(exception);
}

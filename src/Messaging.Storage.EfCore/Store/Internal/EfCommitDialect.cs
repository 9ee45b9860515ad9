using System.Data;
using Messaging.Storage.EfCore.Commit;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Runs commits as serializable transactions: what others change meanwhile makes one of the two run again, so that nothing needs to be locked by hand.</summary>
internal sealed class EfCommitDialect(EfDatabase database) : ICommitDialect
{
    public async ValueTask<ICommitTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var context = database.Create();
        var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken).ConfigureAwait(false);
        return new EfCommitTransaction(context, transaction);
    }

    public bool IsTransient(Exception exception) => EfDatabase.IsTransient(exception);
}

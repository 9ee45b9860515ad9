using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Messaging.Storage.EfCore.Store;

internal sealed class EfCommitTransaction(MessagingDbContext context, IDbContextTransaction transaction) : ICommitTransaction
{
    public async ValueTask<WorkingSet> LoadAsync(CommitKeys keys, Turns turns, CancellationToken cancellationToken)
    {
        var set = new WorkingSet(await EfDatabase.NowAsync(context, cancellationToken).ConfigureAwait(false), turns);
        await new EfCommitLoader(context, keys, set).LoadAsync(cancellationToken).ConfigureAwait(false);
        return set;
    }

    public async ValueTask<bool> SaveAsync(WorkingSet set, CancellationToken cancellationToken)
    {
        try
        {
            await new EfCommitWriter(context, set).WriteAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (EfDatabase.IsTaken(e))
        {
            return false;
        }
    }

    public async ValueTask CommitAsync(CancellationToken cancellationToken) => await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync().ConfigureAwait(false);
        await context.DisposeAsync().ConfigureAwait(false);
    }
}

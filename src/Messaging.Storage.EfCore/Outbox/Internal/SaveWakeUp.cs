using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Wakes the intake when a context has saved staged messages in a transaction of its own. Waking for nothing does no harm, and what is missed is found by looking now and then.</summary>
internal sealed class SaveWakeUp(OutboxRegistration outbox) : SaveChangesInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return new(result);
    }

    private void Saved(DbContext? context)
    {
        if (!StagedFlag.IsSet(context) || context!.Database.CurrentTransaction is not null)
        {
            return;
        }

        StagedFlag.Clear(context);
        if (Transaction.Current is { } ambient)
        {
            ambient.TransactionCompleted += (_, _) => outbox.Wake();
        }
        else
        {
            outbox.Wake();
        }
    }
}

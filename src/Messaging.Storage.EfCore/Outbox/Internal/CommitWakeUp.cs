using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Wakes the intake when a transaction with staged messages is committed.</summary>
internal sealed class CommitWakeUp(OutboxRegistration outbox) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Committed(eventData);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed(eventData);
        return Task.CompletedTask;
    }

    private void Committed(TransactionEndEventData eventData)
    {
        if (StagedFlag.Clear(eventData.Context))
        {
            outbox.Wake();
        }
    }
}

using System.Data.Common;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Inserts staged messages into a transaction that no context knows of.</summary>
internal sealed class TransactionOutbox(DbTransaction transaction, IntakeTable table, IMessageStaging staging, TenantId? tenant) : IMessageOutbox
{
    public IMessageOutbox ForTenant(TenantId tenant) => new TransactionOutbox(transaction, table, staging, tenant);

    public async Task<SendReceipt> SendAsync(SendRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var staged = await staging.StageAsync(request, tenant, cancellationToken).ConfigureAwait(false);
        await InsertAsync(staged, cancellationToken).ConfigureAwait(false);
        return RequestBatch.Receipt(staged);
    }

    public async Task<IReadOnlyList<SendReceipt>> SendAsync(IReadOnlyList<SendRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var staged = await RequestBatch.StageAsync(staging, requests, tenant, cancellationToken).ConfigureAwait(false);
        foreach (var message in staged)
        {
            await InsertAsync(message, cancellationToken).ConfigureAwait(false);
        }

        return Array.ConvertAll(staged, RequestBatch.Receipt);
    }

    private async ValueTask InsertAsync(StagedMessage message, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection ?? throw new InvalidOperationException(
            "The transaction has no connection any more: it was committed, rolled back or disposed. Send before that.");
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            table.Fill(command, IntakeRow.Of(message));
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Adds staged messages to a context; its next SaveChanges inserts them.</summary>
internal sealed class ContextOutbox(DbContext context, IMessageStaging staging, TenantId? tenant) : IMessageOutbox
{
    public IMessageOutbox ForTenant(TenantId tenant) => new ContextOutbox(context, staging, tenant);

    public async Task<SendReceipt> SendAsync(SendRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var staged = await staging.StageAsync(request, tenant, cancellationToken).ConfigureAwait(false);
        return Add(staged);
    }

    public async Task<IReadOnlyList<SendReceipt>> SendAsync(IReadOnlyList<SendRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var staged = await RequestBatch.StageAsync(staging, requests, tenant, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(staged, Add);
    }

    private SendReceipt Add(StagedMessage message)
    {
        context.Add(IntakeRow.Of(message));
        StagedFlag.Set(context);
        return RequestBatch.Receipt(message);
    }
}

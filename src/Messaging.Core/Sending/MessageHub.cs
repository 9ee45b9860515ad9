namespace Messaging.Sending;

/// <inheritdoc cref="IMessageHub"/>
internal sealed class MessageHub(AcceptPipeline accept, BulkPipeline bulk, ExplainPipeline explain, Lazy<ImmediatePipeline> immediate, HubTenant tenant) : IMessageHub
{
    public TenantId Tenant => tenant.Id;

    public IMessageHub ForTenant(TenantId tenant) => HubTenant.IsValid(tenant)
        ? new MessageHub(accept, bulk, explain, immediate, new HubTenant(tenant, IsFixed: true))
        : throw new ArgumentException($"A tenant is named by 1 to {TenantId.MaxLength} characters, not blank, and not '*'.", nameof(tenant));

    public Task<SendReceipt> SendAsync(SendRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<SendReceipt>(cancellationToken)
            : accept.AcceptAsync(request, tenant, cancellationToken).AsTask();
    }

    public Task<BulkReceipt> SendBulkAsync(BulkRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Message);
        ArgumentNullException.ThrowIfNull(request.Items);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<BulkReceipt>(cancellationToken)
            : bulk.SendAsync(request, tenant, cancellationToken).AsTask();
    }

    public Task<SendDecision> ExplainAsync(SendRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<SendDecision>(cancellationToken)
            : explain.ExplainAsync(request, tenant, cancellationToken).AsTask();
    }

    public Task<SendReceipt> SendNowAsync(SendRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<SendReceipt>(cancellationToken)
            : immediate.Value.SendAsync(request, tenant, cancellationToken).AsTask();
    }
}

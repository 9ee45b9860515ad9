namespace Messaging;

/// <summary>Sends messages. The one service that a host needs; safe for concurrent use.</summary>
public interface IMessageHub
{
    /// <summary>Gets the tenant of requests that name none.</summary>
    TenantId Tenant { get; }

    /// <summary>Returns the same hub with a tenant fixed.</summary>
    IMessageHub ForTenant(TenantId tenant);

    /// <summary>Accepts a message. Completes when the message is durably stored, as the store in use defines it.</summary>
    /// <exception cref="InvalidSendRequestException">Something in the request is wrong; all of it is listed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled; the message may have been stored.</exception>
    Task<SendReceipt> SendAsync(SendRequest request, CancellationToken cancellationToken = default);

    /// <summary>Accepts a message for each item of a stream, in flat memory. One bad item is that item's refusal only.</summary>
    /// <exception cref="InvalidSendRequestException">Something that all items share is wrong; nothing was stored.</exception>
    /// <exception cref="OperationCanceledException">Stopped half way; what was accepted stays, and playing the same stream again under the same key resumes.</exception>
    Task<BulkReceipt> SendBulkAsync(BulkRequest request, CancellationToken cancellationToken = default);

    /// <summary>Says what would become of a request, by every gate, and stores nothing.</summary>
    Task<SendDecision> ExplainAsync(SendRequest request, CancellationToken cancellationToken = default);

    /// <summary>Sends within the call: same gates, limits and history, one attempt, and no durability before the provider answers.</summary>
    /// <exception cref="InvalidSendRequestException">Something in the request is wrong; all of it is listed.</exception>
    Task<SendReceipt> SendNowAsync(SendRequest request, CancellationToken cancellationToken = default);
}

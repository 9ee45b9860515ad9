namespace Messaging;

/// <summary>Sends messages as a part of the host's own transaction: accepted if and only if that commits. Not safe for concurrent use, like the context or transaction that it belongs to.</summary>
public interface IMessageOutbox
{
    /// <summary>Returns the same outbox with a tenant fixed.</summary>
    IMessageOutbox ForTenant(TenantId tenant);

    /// <summary>Checks a request and puts it into the transaction.</summary>
    /// <remarks>
    /// Suppressions, consent, caps and idempotency keys are looked at when the message is taken in, shortly after the commit. What stands in the way
    /// then is found under the receipt's message id in <see cref="IMessageHistory"/>: a suppressed or failed delivery that says why; of a key that was
    /// used before, with the message that was accepted first. A contact that is saved in the same transaction need not be known yet.
    /// </remarks>
    /// <returns>A receipt with the status <see cref="SendStatus.Staged"/> and the id that the message will have.</returns>
    /// <exception cref="InvalidSendRequestException">Something in the request is wrong; all of it is listed.</exception>
    Task<SendReceipt> SendAsync(SendRequest request, CancellationToken cancellationToken = default);

    /// <summary>Checks requests and puts them into the transaction: all, or when one is wrong, none.</summary>
    /// <returns>One receipt for each request, in order.</returns>
    /// <exception cref="InvalidSendRequestException">Something in a request is wrong; all of it is listed, with the place of the request before the field (<c>[3].To[0]</c>).</exception>
    Task<IReadOnlyList<SendReceipt>> SendAsync(IReadOnlyList<SendRequest> requests, CancellationToken cancellationToken = default);
}

using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Makes one attempt within the caller's call: picks the account, asks limits and breaker, sends. Stores nothing of the delivery.</summary>
internal interface IImmediateSender
{
    /// <summary>Sends a delivery that the gates let pass.</summary>
    /// <param name="message">The message, not yet stored.</param>
    /// <param name="delivery">The delivery, not yet stored.</param>
    /// <param name="cancellationToken">Withdraws it unless its call began.</param>
    /// <exception cref="OperationCanceledException">Withdrawn before the call began.</exception>
    ValueTask<ImmediateOutcome> SendAsync(StoredMessage message, StoredDelivery delivery, CancellationToken cancellationToken);
}

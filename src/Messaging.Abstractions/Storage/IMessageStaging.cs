namespace Messaging.Storage;

/// <summary>What an outbox in a host's own database asks of the suite: to write a request down now, and to take it in once it is committed. Safe for concurrent use.</summary>
public interface IMessageStaging
{
    /// <summary>Gets the newest version of staged bytes that this process reads, which is the one that it writes.</summary>
    int Format { get; }

    /// <summary>Checks a request and writes it down. Stores nothing; streams of attachments are read to their ends and travel in the bytes.</summary>
    /// <remarks>
    /// A contact that the directory does not know yet, or that has no address yet, is no mistake: the host may be saving it in the very transaction.
    /// Whoever is unknown when the message is taken in gets a failed delivery that says so.
    /// </remarks>
    /// <param name="request">The request.</param>
    /// <param name="tenant">The tenant that every request must be of; <see langword="null"/> means the request's own, else <c>default</c>.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    /// <exception cref="InvalidSendRequestException">Something in the request is wrong; all of it is listed.</exception>
    ValueTask<StagedMessage> StageAsync(SendRequest request, TenantId? tenant, CancellationToken cancellationToken);

    /// <summary>Takes in committed messages, the whole way of a request, each under its own id; one that was taken in before stays as it is.</summary>
    /// <remarks>
    /// What cannot be accepted is not lost: its message is stored with a delivery that failed, and the reason in its <see cref="Why"/>. So is a request
    /// whose idempotency key was used before: suppressed as a duplicate of the first, or failed as a conflict with it.
    /// </remarks>
    /// <returns>The messages that are dealt with, and need not be kept. The others could not be tried: a service that they need does not answer.</returns>
    ValueTask<IReadOnlyList<MessageId>> TakeInAsync(IReadOnlyList<StagedMessage> messages, CancellationToken cancellationToken);
}

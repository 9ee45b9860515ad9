namespace Messaging;

/// <summary>What an operator does to accepted messages. Every call says how many deliveries it changed.</summary>
public interface IMessageOperations
{
    /// <summary>Withdraws what has not been sent of a message or of a whole bulk, the further steps of its routes included. What is in a worker's hands now is withdrawn unless its call succeeds.</summary>
    Task<long> CancelAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken = default);

    /// <summary>Withdraws what has not been sent of every message with this reference.</summary>
    Task<long> CancelAsync(TenantId tenant, string reference, CancellationToken cancellationToken = default);

    /// <summary>Makes one delivery due now: a waiting one at once, a failed one in a new generation.</summary>
    /// <returns><see langword="false"/> when it is unknown, in a worker's hands, or already sent.</returns>
    Task<bool> RetryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken = default);

    /// <summary>Lists dead letters, newest first. The query's <see cref="DeliveryQuery.DeadLetters"/> is implied.</summary>
    Task<Page<DeliverySummary>> DeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Sends the dead letters that match once more, in a new generation.</summary>
    Task<long> RedriveAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Takes the dead letters that match off the list; their history stays.</summary>
    Task<long> PurgeAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Holds everything of a tenant, an account or a template until it is resumed.</summary>
    Task PauseAsync(PauseScope scope, string reason, CancellationToken cancellationToken = default);

    /// <summary>Lets go of what a pause held.</summary>
    /// <returns><see langword="false"/> when nothing was paused.</returns>
    Task<bool> ResumeAsync(PauseScope scope, CancellationToken cancellationToken = default);

    /// <summary>Lists what is paused.</summary>
    Task<IReadOnlyList<Pause>> PausesAsync(TenantId tenant, CancellationToken cancellationToken = default);
}

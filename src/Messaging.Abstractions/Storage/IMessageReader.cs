namespace Messaging.Storage;

/// <summary>Reads messages and deliveries. What a commit made durable is seen by every later read on the same node.</summary>
public interface IMessageReader
{
    /// <summary>Reads a message.</summary>
    ValueTask<StoredMessage?> GetMessageAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken);

    /// <summary>Reads a delivery.</summary>
    ValueTask<DeliveryRecord?> GetDeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken);

    /// <summary>Finds a delivery by its id alone, or by the account that carried it and the provider's id: a receipt knows no tenant.</summary>
    ValueTask<DeliveryRecord?> FindForReceiptAsync(DeliveryId? id, string account, string? providerId, CancellationToken cancellationToken);

    /// <summary>Reads what happened to a delivery, oldest first.</summary>
    ValueTask<IReadOnlyList<TimelineEntry>> GetTimelineAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken);

    /// <summary>Lists deliveries in the order of acceptance, newest first. The cursor stays valid while deliveries come and change. A page may be short, even empty, when few of the newest match: only a page without <see cref="Page{T}.Next"/> is the last.</summary>
    /// <exception cref="ArgumentException">The cursor was not made by this store.</exception>
    ValueTask<Page<DeliverySummary>> QueryAsync(DeliveryQuery query, CancellationToken cancellationToken);

    /// <summary>Counts deliveries.</summary>
    ValueTask<DeliveryStatistics> CountAsync(StatisticsQuery query, CancellationToken cancellationToken);
}

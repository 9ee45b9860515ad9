namespace Messaging.Storage.Journal;

public sealed partial class JournalStore
{
    /// <inheritdoc/>
    public ValueTask<StoredMessage?> GetMessageAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken) =>
        _memory.GetMessageAsync(tenant, id, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DeliveryRecord?> GetDeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken) =>
        _memory.GetDeliveryAsync(tenant, id, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DeliveryRecord?> FindForReceiptAsync(DeliveryId? id, string account, string? providerId, CancellationToken cancellationToken) =>
        _memory.FindForReceiptAsync(id, account, providerId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TimelineEntry>> GetTimelineAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken) =>
        _memory.GetTimelineAsync(tenant, id, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Page<DeliverySummary>> QueryAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        _memory.QueryAsync(query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DeliveryStatistics> CountAsync(StatisticsQuery query, CancellationToken cancellationToken) =>
        _memory.CountAsync(query, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Versioned<T>?> GetAsync<T>(TenantId tenant, string key, CancellationToken cancellationToken)
        where T : class, IEntity<T> => _memory.GetAsync<T>(tenant, key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Page<Versioned<T>>> FindAsync<T>(EntityQuery query, CancellationToken cancellationToken)
        where T : class, IEntity<T> => _memory.FindAsync<T>(query, cancellationToken);
}

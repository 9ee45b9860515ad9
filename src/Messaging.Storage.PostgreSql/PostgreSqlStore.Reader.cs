namespace Messaging.Storage.PostgreSql;

public sealed partial class PostgreSqlStore
{
    /// <inheritdoc/>
    public async ValueTask<StoredMessage?> GetMessageAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _messages.MessageAsync(tenant, id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveryRecord?> GetDeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _messages.DeliveryAsync(tenant, id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveryRecord?> FindForReceiptAsync(DeliveryId? id, string account, string? providerId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _messages.ForReceiptAsync(id, account, providerId, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TimelineEntry>> GetTimelineAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _messages.TimelineAsync(tenant, id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Page<DeliverySummary>> QueryAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _search.RunAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<DeliveryStatistics> CountAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _count.RunAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Versioned<T>?> GetAsync<T>(TenantId tenant, string key, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        ArgumentNullException.ThrowIfNull(key);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _entities.GetAsync<T>(tenant, key, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Page<Versioned<T>>> FindAsync<T>(EntityQuery query, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        return await _entities.FindAsync<T>(query, cancellationToken).ConfigureAwait(false);
    }
}

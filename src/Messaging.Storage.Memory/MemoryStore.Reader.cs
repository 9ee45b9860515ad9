namespace Messaging.Storage.Memory;

public sealed partial class MemoryStore
{
    /// <inheritdoc/>
    public ValueTask<StoredMessage?> GetMessageAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_image.Messages.TryGetValue(id, out var entry) && entry.Message.Tenant == tenant ? entry.Message : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask<DeliveryRecord?> GetDeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Tick();
            return ValueTask.FromResult(_image.Find(tenant, id)?.ToRecord());
        }
    }

    /// <inheritdoc/>
    public ValueTask<DeliveryRecord?> FindForReceiptAsync(DeliveryId? id, string account, string? providerId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Tick();
            var found = id is { } known ? _image.Deliveries.GetValueOrDefault(known) : null;
            found ??= providerId is null ? null : _image.Receipts.GetValueOrDefault((account, providerId));
            return ValueTask.FromResult(found?.ToRecord());
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TimelineEntry>> GetTimelineAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IEnumerable<TimelineEntry> timeline = _image.Find(tenant, id)?.Timeline ?? [];
            return ValueTask.FromResult<IReadOnlyList<TimelineEntry>>([.. timeline.OrderBy(entry => entry.At)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<DeliverySummary>> QueryAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        lock (_gate)
        {
            Tick();
            return ValueTask.FromResult(DeliverySearch.Run(_image, query));
        }
    }

    /// <inheritdoc/>
    public ValueTask<DeliveryStatistics> CountAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            Tick();
            return ValueTask.FromResult(DeliveryCount.Run(_image, query));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Versioned<T>?> GetAsync<T>(TenantId tenant, string key, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_image.Entities.Table<T>().Find(tenant, key));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<Versioned<T>>> FindAsync<T>(EntityQuery query, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        lock (_gate)
        {
            return ValueTask.FromResult(_image.Entities.Table<T>().Find(query));
        }
    }
}

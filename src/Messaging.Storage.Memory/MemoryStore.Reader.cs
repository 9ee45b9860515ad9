namespace Messaging.Storage.Memory;

public sealed partial class MemoryStore
{
    /// <inheritdoc/>
    public ValueTask<StoredMessage?> GetMessageAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _image.Trim();
            var row = _image.Messages.Find(tenant, id);
            return ValueTask.FromResult(row == 0 ? null : _image.Messages.ToRecord(row));
        }
    }

    /// <inheritdoc/>
    public ValueTask<DeliveryRecord?> GetDeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Tick();
            var row = _image.Deliveries.Find(tenant, id);
            return ValueTask.FromResult(row == 0 ? null : _operations.Reading.ToRecord(row));
        }
    }

    /// <inheritdoc/>
    public ValueTask<DeliveryRecord?> FindForReceiptAsync(DeliveryId? id, string account, string? providerId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Tick();
            var row = id is { } known ? _image.Deliveries.Find(known.Value) : 0;
            row = row == 0 && providerId is not null ? _image.Receipts.Find(account, providerId) : row;
            return ValueTask.FromResult(row == 0 ? null : _operations.Reading.ToRecord(row));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TimelineEntry>> GetTimelineAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _image.Trim();
            var row = _image.Deliveries.Find(tenant, id);
            return ValueTask.FromResult(row == 0 ? [] : _operations.Reading.ToTimeline(row));
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
            return ValueTask.FromResult(_operations.Search.Run(query));
        }
    }

    /// <inheritdoc/>
    public ValueTask<DeliveryStatistics> CountAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            Tick();
            return ValueTask.FromResult(_operations.Counting.Run(query));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Versioned<T>?> GetAsync<T>(TenantId tenant, string key, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        if (_image.Entities.TryFindKnown<T>(tenant, key, out var known))
        {
            return ValueTask.FromResult(known);
        }

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
            return ValueTask.FromResult(_image.Entities.Find<T>(query));
        }
    }
}

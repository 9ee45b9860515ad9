namespace Messaging;

/// <summary>Reads what happened.</summary>
public interface IMessageHistory
{
    /// <summary>Reads a message with its content and its deliveries (the first 100).</summary>
    Task<MessageDetails?> GetAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken = default);

    /// <summary>Reads a delivery with its timeline.</summary>
    Task<DeliveryDetails?> GetAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken = default);

    /// <summary>Lists deliveries, newest first.</summary>
    Task<Page<DeliverySummary>> QueryAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts deliveries.</summary>
    Task<DeliveryStatistics> CountAsync(StatisticsQuery query, CancellationToken cancellationToken = default);

    /// <summary>Lists the items of a bulk send that were refused, in the order of the stream.</summary>
    Task<Page<BulkRefusal>> RefusedAsync(TenantId tenant, MessageId bulk, string? cursor = null, int limit = 50, CancellationToken cancellationToken = default);

    /// <summary>Lists the reports of providers that found no delivery within three days, newest first. They are kept for 90 days.</summary>
    /// <param name="tenant">The owner of the accounts that they came through; <see langword="null"/> for the host's own accounts.</param>
    /// <param name="cursor">Where the last page ended; <see langword="null"/> for the first.</param>
    /// <param name="limit">The most to return: between 1 and 100.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Page<QuarantinedReport>> QuarantinedAsync(TenantId? tenant, string? cursor = null, int limit = 50, CancellationToken cancellationToken = default);
}

using Messaging.Receiving;
using Messaging.Sending;
using Messaging.Storage;

namespace Messaging.History;

/// <inheritdoc cref="IMessageHistory"/>
internal sealed class MessageHistory(IMessageReader reader, BulkRefusals refusals, Quarantine quarantine, IPayloadFacts payloads) : IMessageHistory
{
    private const int DeliveriesShown = 100;

    private static readonly MessageEventType[] EngagementTypes =
        [MessageEventType.Opened, MessageEventType.Clicked, MessageEventType.Replied, MessageEventType.Complained, MessageEventType.Unsubscribed];

    public async Task<MessageDetails?> GetAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken = default)
    {
        if (await reader.GetMessageAsync(tenant, id, cancellationToken).ConfigureAwait(false) is not { } message)
        {
            return null;
        }

        return new MessageDetails
        {
            Id = message.Id,
            Tenant = message.Tenant,
            Category = message.Category,
            Template = message.Template,
            Reference = message.Reference,
            Metadata = payloads.MetadataOf(message),
            Content = payloads.ContentOf(message),
            AcceptedAt = message.AcceptedAt,
            Deliveries = await FirstAsync(tenant, id, cancellationToken).ConfigureAwait(false),
        };
    }

    public async Task<DeliveryDetails?> GetAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken = default)
    {
        if (await reader.GetDeliveryAsync(tenant, id, cancellationToken).ConfigureAwait(false) is not { } record)
        {
            return null;
        }

        return new DeliveryDetails
        {
            Summary = DeliverySummaries.From(record),
            Address = record.Delivery.Address,
            Content = payloads.ContentOf(record),
            Timeline = await reader.GetTimelineAsync(tenant, id, cancellationToken).ConfigureAwait(false),
            Engagement = [.. EngagementTypes.Where(type => record.State.Evidence.Has(type))],
        };
    }

    public async Task<Page<DeliverySummary>> QueryAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        QueryCheck.ThrowIfInvalid(query);
        return await reader.QueryAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<DeliveryStatistics> CountAsync(StatisticsQuery query, CancellationToken cancellationToken = default)
    {
        QueryCheck.ThrowIfInvalid(query);
        return await reader.CountAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Page<BulkRefusal>> RefusedAsync(
        TenantId tenant, MessageId bulk, string? cursor = null, int limit = 50, CancellationToken cancellationToken = default)
    {
        QueryCheck.ThrowIfInvalid(limit, nameof(limit));
        return await refusals.ListAsync(tenant, bulk, cursor, limit, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Page<QuarantinedReport>> QuarantinedAsync(
        TenantId? tenant, string? cursor = null, int limit = 50, CancellationToken cancellationToken = default)
    {
        QueryCheck.ThrowIfInvalid(limit, nameof(limit));
        return await quarantine.ListAsync(tenant, cursor, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads on while pages are short: a store may answer with few of a page that it searched.</summary>
    private async ValueTask<IReadOnlyList<DeliverySummary>> FirstAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken)
    {
        List<DeliverySummary> found = [];
        var query = new DeliveryQuery { Tenant = tenant, MessageId = id, Limit = DeliveriesShown };
        Page<DeliverySummary> page;
        do
        {
            page = await reader.QueryAsync(query with { Limit = DeliveriesShown - found.Count }, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.Items);
            query = query with { Cursor = page.Next };
        }
        while (page.Next is not null && found.Count < DeliveriesShown);

        return found;
    }
}

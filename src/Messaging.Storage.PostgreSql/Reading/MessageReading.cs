using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>Reads one message or delivery.</summary>
internal sealed class MessageReading(Database database)
{
    public async ValueTask<StoredMessage?> MessageAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken)
    {
        var found = await database.ListAsync(
            """
            SELECT m.accepted_at, m.category, m.template, m.reference, m.expires_at, m.sensitive, m.payload FROM messaging.messages m
            WHERE m.id = $1 AND m.tenant = $2
            """,
            reader => new StoredMessage
            {
                Id = id,
                Tenant = tenant,
                AcceptedAt = Codes.ToInstant(reader.GetInt64(0)),
                Category = reader.GetString(1),
                Template = reader.Text(2),
                Reference = reader.Text(3),
                ExpiresAt = Codes.ToInstantOrNull(reader.Number(4)),
                Sensitive = reader.GetBoolean(5),
                Payload = reader.Bytes(6),
            },
            cancellationToken,
            Query.With(id.Value),
            Query.With(tenant.Value)).ConfigureAwait(false);
        return found is [var message] ? message : null;
    }

    public async ValueTask<DeliveryRecord?> DeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        var record = await FindAsync(id.Value, cancellationToken).ConfigureAwait(false);
        return record?.Delivery.Tenant == tenant ? record : null;
    }

    public async ValueTask<DeliveryRecord?> ForReceiptAsync(DeliveryId? id, string account, string? providerId, CancellationToken cancellationToken)
    {
        var record = id is { } known ? await FindAsync(known.Value, cancellationToken).ConfigureAwait(false) : null;
        if (record is not null || providerId is null)
        {
            return record;
        }

        var found = await database.ListAsync(
            """
            SELECT id FROM (
              SELECT s.id, s.provider_place AS place FROM messaging.states s WHERE s.provider_id = $1 AND s.provider_account = $2
              UNION ALL
              SELECT r.delivery_id, r.place FROM messaging.receipts r WHERE r.provider_id = $1 AND r.account = $2) ids
            ORDER BY place DESC LIMIT 1
            """,
            static reader => reader.GetGuid(0),
            cancellationToken,
            Query.With(providerId),
            Query.With(account)).ConfigureAwait(false);
        return found is [var first] ? await FindAsync(first, cancellationToken).ConfigureAwait(false) : null;
    }

    public async ValueTask<IReadOnlyList<TimelineEntry>> TimelineAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        var found = await database.ListAsync(
            """
            SELECT d.accepted_at, s.account, s.call_started_at, s.call_took, s.call_settled_at, d.tenant FROM messaging.deliveries d
            LEFT JOIN LATERAL (SELECT * FROM messaging.states t WHERE t.id = d.id LIMIT 1) s ON true WHERE d.id = $1
            """,
            static reader => (Tenant: reader.GetString(5), AcceptedAt: reader.GetInt64(0), State: new StateRow
            {
                Account = reader.Text(1), CallStartedAt = reader.Number(2), CallTook = reader.Number(3), CallSettledAt = reader.Number(4),
            }),
            cancellationToken,
            Query.With(id.Value)).ConfigureAwait(false);
        if (found is not [var row] || row.Tenant != tenant.Value)
        {
            return [];
        }

        var entries = await database.ListAsync(
            """
            SELECT t.at, t.type, t.event, t.attempt, t.account, t.took, t.provider_code, t.provider_text, t.why_code, t.why_text, t.why_until
            FROM messaging.timeline t WHERE t.delivery_id = $1 ORDER BY t.at, t.place
            """,
            ReadEntry,
            cancellationToken,
            Query.With(id.Value)).ConfigureAwait(false);
        var accepted = new TimelineEntry(Codes.ToInstant(row.AcceptedAt), TimelineType.Accepted);
        return [.. ((TimelineEntry[])[accepted, .. Storying.CallEntries(row.State).Select(ToEntry), .. entries]).OrderBy(entry => entry.At)];
    }

    private static TimelineEntry ReadEntry(NpgsqlDataReader reader) => ToEntry(new TimelineRow
    {
        At = reader.GetInt64(0),
        Type = reader.GetInt16(1),
        Event = reader.GetInt16(2),
        Attempt = reader.Integer(3),
        Account = reader.Text(4),
        Took = reader.Number(5),
        ProviderCode = reader.Text(6),
        ProviderText = reader.Text(7),
        WhyCode = reader.Text(8),
        WhyText = reader.Text(9),
        WhyUntil = reader.Number(10),
    });

    private static TimelineEntry ToEntry(TimelineRow row) => new(Codes.ToInstant(row.At), (TimelineType)row.Type)
    {
        Event = (MessageEventType)row.Event,
        Attempt = row.Attempt,
        Account = row.Account,
        Elapsed = row.Took is { } took ? TimeSpan.FromTicks(took) : null,
        ProviderCode = row.ProviderCode,
        ProviderText = row.ProviderText,
        Why = Codes.ToWhy(row.WhyCode, row.WhyText, row.WhyUntil),
    };

    private async ValueTask<DeliveryRecord?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await database.ListAsync(
            DeliveryColumns.Record + " WHERE d.id = $1", DeliveryColumns.ReadRecord, cancellationToken, Query.With(id)).ConfigureAwait(false);
        return found is [var record] ? record : null;
    }
}

using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>Reads a delivery, its message and its state from runs of columns that claims and reads have in the same order.</summary>
internal static class RecordReading
{
    /// <summary>The columns that <see cref="ReadMessage"/> reads, of <c>m</c>.</summary>
    public const string Message = "m.accepted_at, m.category, m.template, m.reference, m.expires_at, m.sensitive, m.payload";

    /// <summary>The columns that <see cref="ReadDelivery"/> reads, of <c>d</c>.</summary>
    public const string Delivery =
        "d.message_id, d.kind, d.address, d.channel, d.accepted_at, d.contact_id, d.reference, d.plan_id, d.plan_step, d.item_hash, d.payload";

    /// <summary>The columns that <see cref="ReadState"/> reads, of <c>s</c>; all are null when nothing but its place in the queue is known of a delivery.</summary>
    public const string State =
        "s.attempts, s.total_attempts, s.generation, s.evidence, s.account, s.provider_id, s.dead_letter, s.why_code, s.why_text, s.why_until";

    public static StoredMessage ReadMessage(NpgsqlDataReader reader, int first, MessageId id, TenantId tenant) => new()
    {
        Id = id,
        Tenant = tenant,
        AcceptedAt = Codes.ToInstant(reader.GetInt64(first)),
        Category = reader.GetString(first + 1),
        Template = reader.Text(first + 2),
        Reference = reader.Text(first + 3),
        ExpiresAt = Codes.ToInstantOrNull(reader.Number(first + 4)),
        Sensitive = reader.GetBoolean(first + 5),
        Payload = reader.Bytes(first + 6),
    };

    public static StoredDelivery ReadDelivery(NpgsqlDataReader reader, int first, Guid id, TenantId tenant, short priority) => new()
    {
        Id = new DeliveryId(id),
        MessageId = new MessageId(reader.GetGuid(first)),
        Tenant = tenant,
        Address = new Address(reader.GetString(first + 1), reader.GetString(first + 2)),
        Channel = reader.GetString(first + 3),
        Priority = (MessagePriority)priority,
        AcceptedAt = Codes.ToInstant(reader.GetInt64(first + 4)),
        ContactId = reader.Id(first + 5) is { } contact ? new ContactId(contact) : null,
        Reference = reader.Text(first + 6),
        PlanId = reader.Id(first + 7) is { } plan ? new PlanId(plan) : null,
        PlanStep = reader.GetInt32(first + 8),
        ItemHash = Codes.ToUInt128(reader.Id(first + 9)),
        Payload = reader.Bytes(first + 10),
    };

    /// <summary>Returns the state of a delivery of which nothing but its place in the queue is known.</summary>
    public static DeliveryState PlainState(in WorkPlace place) => new()
    {
        Work = place.Work,
        DueAt = place.DueAt,
        Since = place.Since,
        AttemptBegan = place.AttemptBegan,
        CancelRequested = place.CancelRequested,
        SettledAt = place.SettledAt,
        Evidence = Evidence.None,
    };

    /// <summary>Reads a state; there is none where its attempts are null.</summary>
    public static DeliveryState ReadState(NpgsqlDataReader reader, int first, in WorkPlace place) => reader.IsDBNull(first) ? PlainState(place) : PlainState(place) with
    {
        Attempts = reader.GetInt32(first),
        TotalAttempts = reader.GetInt32(first + 1),
        Generation = reader.GetInt32(first + 2),
        Evidence = EvidenceBytes.Read(reader.GetFieldValue<byte[]>(first + 3)),
        Account = reader.Text(first + 4),
        ProviderId = reader.Text(first + 5),
        DeadLetter = reader.GetBoolean(first + 6),
        Why = Codes.ToWhy(reader.Text(first + 7), reader.Text(first + 8), reader.Number(first + 9)),
    };
}

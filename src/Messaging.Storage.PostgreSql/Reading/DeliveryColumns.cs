using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>The columns that tell all of a delivery: itself (d), its state (s), its work (w) and its message (m), and the records that they make.</summary>
internal static class DeliveryColumns
{
    /// <summary>Where the columns are from, but for the message.</summary>
    public const string From =
        """
        FROM messaging.deliveries d
        LEFT JOIN messaging.states s ON s.id = d.id
        LEFT JOIN messaging.work w ON w.id = d.id AND w.kind = 0
        """;

    /// <summary>The status as <see cref="StatusCode.Resolve"/> makes it; <c>clock.at</c> is now.</summary>
    public const string Status =
        """
        CASE WHEN s.status >= 0 THEN s.status
          WHEN w.state = 2 THEN 2
          WHEN s.status = -2 THEN 3
          WHEN w.state = 0 AND w.due_at > clock.at AND coalesce(s.total_attempts, 0) = 0 THEN 0
          ELSE 1 END
        """;

    public const string Clock = "CROSS JOIN (SELECT messaging.messaging_now() AS at) clock";

    public const string Record =
        $"""
        SELECT d.id, d.message_id, d.tenant, d.kind, d.address, d.channel, d.priority, d.accepted_at, d.contact_id, d.reference, d.plan_id, d.plan_step, d.item_hash, d.payload,
          s.attempts, s.total_attempts, s.generation, s.evidence, s.account, s.provider_id, s.settled_at, s.cancel_requested OR w.cancel_requested, s.dead_letter,
          s.why_code, s.why_text, s.why_until,
          CASE WHEN w.state = 0 AND w.due_at <= clock.at THEN 1 ELSE w.state END, w.call, w.due_at, w.since, w.claimed_at, w.lease_until,
          m.accepted_at, m.category, m.template, m.reference, m.expires_at, m.sensitive, m.payload, w.cancel_requested
        {From}
        JOIN messaging.messages m ON m.id = d.message_id
        {Clock}
        """;

    public static DeliveryRecord ReadRecord(NpgsqlDataReader reader)
    {
        var message = new MessageId(reader.GetGuid(1));
        var tenant = new TenantId(reader.GetString(2));
        return new DeliveryRecord(ReadMessage(reader, message, tenant), ReadDelivery(reader, message, tenant), ReadState(reader));
    }

    private static StoredMessage ReadMessage(NpgsqlDataReader reader, MessageId id, TenantId tenant) => new()
    {
        Id = id,
        Tenant = tenant,
        AcceptedAt = Codes.ToInstant(reader.GetInt64(32)),
        Category = reader.GetString(33),
        Template = reader.Text(34),
        Reference = reader.Text(35),
        ExpiresAt = Codes.ToInstantOrNull(reader.Number(36)),
        Sensitive = reader.GetBoolean(37),
        Payload = reader.Bytes(38),
    };

    private static StoredDelivery ReadDelivery(NpgsqlDataReader reader, MessageId message, TenantId tenant) => new()
    {
        Id = new DeliveryId(reader.GetGuid(0)),
        MessageId = message,
        Tenant = tenant,
        Address = new Address(reader.GetString(3), reader.GetString(4)),
        Channel = reader.GetString(5),
        Priority = (MessagePriority)reader.GetInt16(6),
        AcceptedAt = Codes.ToInstant(reader.GetInt64(7)),
        ContactId = reader.Id(8) is { } contact ? new ContactId(contact) : null,
        Reference = reader.Text(9),
        PlanId = reader.Id(10) is { } plan ? new PlanId(plan) : null,
        PlanStep = reader.GetInt32(11),
        ItemHash = Codes.ToUInt128(reader.Id(12)),
        Payload = reader.Bytes(13),
    };

    private static DeliveryState ReadState(NpgsqlDataReader reader)
    {
        var work = reader.IsDBNull(26) ? WorkState.Done : (WorkState)reader.GetInt32(26);
        var settledAt = reader.Number(20);
        return new DeliveryState
        {
            Work = work,
            DueAt = work switch { WorkState.Done => default, WorkState.Leased => Codes.ToInstant(reader.GetInt64(31)), _ => Codes.ToInstant(reader.GetInt64(28)) },
            Since = Codes.ToInstant(work switch { WorkState.Done => settledAt ?? 0, WorkState.Leased => reader.GetInt64(30), _ => reader.GetInt64(29) }),
            Why = Codes.ToWhy(reader.Text(23), reader.Text(24), reader.Number(25)),
            Attempts = reader.Integer(14) ?? 0,
            TotalAttempts = reader.Integer(15) ?? 0,
            AttemptBegan = !reader.IsDBNull(27) && reader.GetInt16(27) == (short)CallMark.Lost,
            Generation = reader.Integer(16) ?? 0,
            Evidence = reader.Bytes(17) is { } evidence ? EvidenceBytes.Read(evidence) : Evidence.None,
            Account = reader.Text(18),
            ProviderId = reader.Text(19),
            SettledAt = Codes.ToInstantOrNull(settledAt),
            CancelRequested = (!reader.IsDBNull(21) && reader.GetBoolean(21)) || (!reader.IsDBNull(39) && reader.GetBoolean(39)),
            DeadLetter = !reader.IsDBNull(22) && reader.GetBoolean(22),
        };
    }
}

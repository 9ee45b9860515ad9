using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>The columns that tell all of a delivery: itself (d), its state (s), its work (w) and its message (m), and the records that they make.</summary>
internal static class DeliveryColumns
{
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

    /// <summary>The state of each delivery (d) that is found. The limit leaves no other plan but one look-up for each, here and with the other parts.</summary>
    public const string State = "LEFT JOIN LATERAL (SELECT * FROM messaging.states t WHERE t.id = d.id LIMIT 1) s ON true";

    /// <summary>The work and the message of each delivery (d) that is found.</summary>
    public const string WorkAndMessage =
        """
        LEFT JOIN LATERAL (SELECT * FROM messaging.work t WHERE t.id = d.id AND t.kind = 0 LIMIT 1) w ON true
        CROSS JOIN LATERAL (SELECT * FROM messaging.messages t WHERE t.id = d.message_id LIMIT 1) m
        """;

    /// <summary>All of a delivery.</summary>
    public const string Record =
        $"""
        SELECT d.id, d.tenant, d.priority, {RecordReading.Delivery}, {RecordReading.State}, {RecordReading.Message},
          CASE WHEN w.state = 0 AND w.due_at <= clock.at THEN 1 ELSE w.state END, w.call, w.due_at, w.since, w.claimed_at, w.lease_until,
          s.settled_at, s.cancel_requested, w.cancel_requested
        FROM messaging.deliveries d
        {State}
        {WorkAndMessage}
        {Clock}
        """;

    private const int FirstOfDelivery = 3;
    private const int FirstOfState = 14;
    private const int FirstOfMessage = 24;
    private const int FirstOfWork = 31;

    public static DeliveryRecord ReadRecord(NpgsqlDataReader reader)
    {
        var tenant = new TenantId(reader.GetString(1));
        var delivery = RecordReading.ReadDelivery(reader, FirstOfDelivery, reader.GetGuid(0), tenant, reader.GetInt16(2));
        return new DeliveryRecord(
            RecordReading.ReadMessage(reader, FirstOfMessage, delivery.MessageId, tenant),
            delivery,
            RecordReading.ReadState(reader, FirstOfState, ReadPlace(reader)));
    }

    private static WorkPlace ReadPlace(NpgsqlDataReader reader)
    {
        var work = reader.IsDBNull(FirstOfWork) ? WorkState.Done : (WorkState)reader.GetInt32(FirstOfWork);
        var settledAt = reader.Number(FirstOfWork + 6);
        return new WorkPlace(
            work,
            DueAt: work switch { WorkState.Done => default, WorkState.Leased => Instant(5), _ => Instant(2) },
            Since: work switch { WorkState.Done => Codes.ToInstant(settledAt ?? 0), WorkState.Leased => Instant(4), _ => Instant(3) },
            AttemptBegan: !reader.IsDBNull(FirstOfWork + 1) && reader.GetInt16(FirstOfWork + 1) == (short)CallMark.Lost,
            CancelRequested: reader.Flag(FirstOfWork + 7) || reader.Flag(FirstOfWork + 8),
            Codes.ToInstantOrNull(settledAt));

        DateTimeOffset Instant(int column) => Codes.ToInstant(reader.GetInt64(FirstOfWork + column));
    }
}

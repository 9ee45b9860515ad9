using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Makes leases of the rows that a claim returns. Not thread safe: deliveries of one message that come together share its record.</summary>
internal sealed class ClaimReading
{
    private StoredMessage? _message;

    public LeasedWork Read(NpgsqlDataReader reader)
    {
        var kind = (WorkKind)reader.GetInt16(0);
        var lease = new LeaseToken(kind, reader.GetGuid(1), reader.GetInt64(9));
        var until = Codes.ToInstant(reader.GetInt64(10));
        return kind == WorkKind.Deliver
            ? new LeasedWork(lease, until, reader.GetInt32(5), ReadRecord(reader), null)
            : new LeasedWork(lease, until, reader.GetInt32(5), null, ReadItem(reader));
    }

    private static WorkItem ReadItem(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(1),
        Kind = (WorkKind)reader.GetInt16(0),
        Tenant = new TenantId(reader.GetString(2)),
        Priority = (MessagePriority)reader.GetInt16(3),
        DueAt = Codes.ToInstant(reader.GetInt64(7)),
        Payload = reader.Bytes(11),
    };

    private DeliveryRecord ReadRecord(NpgsqlDataReader reader)
    {
        var message = new MessageId(reader.GetGuid(13));
        var tenant = new TenantId(reader.GetString(2));
        if (_message?.Id != message)
        {
            _message = ReadMessage(reader, message, tenant);
        }

        return new DeliveryRecord(_message, ReadDelivery(reader, message, tenant), ReadState(reader));
    }

    private static StoredMessage ReadMessage(NpgsqlDataReader reader, MessageId id, TenantId tenant) => new()
    {
        Id = id,
        Tenant = tenant,
        AcceptedAt = Codes.ToInstant(reader.GetInt64(24)),
        Category = reader.GetString(25),
        Template = reader.Text(26),
        Reference = reader.Text(27),
        ExpiresAt = Codes.ToInstantOrNull(reader.Number(28)),
        Sensitive = reader.GetBoolean(29),
        Payload = reader.Bytes(30),
    };

    private static StoredDelivery ReadDelivery(NpgsqlDataReader reader, MessageId message, TenantId tenant) => new()
    {
        Id = new DeliveryId(reader.GetGuid(1)),
        MessageId = message,
        Tenant = tenant,
        Address = new Address(reader.GetString(14), reader.GetString(15)),
        Channel = reader.GetString(16),
        Priority = (MessagePriority)reader.GetInt16(3),
        AcceptedAt = Codes.ToInstant(reader.GetInt64(17)),
        ContactId = reader.Id(18) is { } contact ? new ContactId(contact) : null,
        Reference = reader.Text(19),
        PlanId = reader.Id(20) is { } plan ? new PlanId(plan) : null,
        PlanStep = reader.GetInt32(21),
        ItemHash = Codes.ToUInt128(reader.Id(22)),
        Payload = reader.Bytes(23),
    };

    private static DeliveryState ReadState(NpgsqlDataReader reader) => new()
    {
        Work = WorkState.Ready,
        DueAt = Codes.ToInstant(reader.GetInt64(7)),
        Since = Codes.ToInstant(reader.GetInt64(8)),
        AttemptBegan = reader.GetInt16(6) == (short)CallMark.Lost,
        Attempts = reader.Integer(31) ?? 0,
        TotalAttempts = reader.Integer(32) ?? 0,
        Generation = reader.Integer(33) ?? 0,
        Evidence = reader.Bytes(34) is { } evidence ? EvidenceBytes.Read(evidence) : Evidence.None,
        Account = reader.Text(35),
        ProviderId = reader.Text(36),
        CancelRequested = reader.GetBoolean(12),
        DeadLetter = !reader.IsDBNull(37) && reader.GetBoolean(37),
        Why = Codes.ToWhy(reader.Text(38), reader.Text(39), reader.Number(40)),
    };
}

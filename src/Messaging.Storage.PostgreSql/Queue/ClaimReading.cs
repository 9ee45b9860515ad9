using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Reading;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Makes leases of the rows that a claim returns. Not thread safe: deliveries of one message that follow each other share its record.</summary>
internal sealed class ClaimReading
{
    private const int FirstOfDelivery = 13;
    private const int FirstOfMessage = 24;
    private const int FirstOfState = 31;

    private StoredMessage? _message;

    public LeasedWork Read(NpgsqlDataReader reader)
    {
        var kind = (WorkKind)reader.GetInt16(0);
        var lease = new LeaseToken(kind, reader.GetGuid(1), reader.GetInt64(9));
        var until = Codes.ToInstant(reader.GetInt64(10));
        return kind == WorkKind.Deliver
            ? new LeasedWork(lease, until, reader.GetInt32(5), ReadRecord(reader, lease.WorkId), null)
            : new LeasedWork(lease, until, reader.GetInt32(5), null, ReadItem(reader, lease));
    }

    private static WorkItem ReadItem(NpgsqlDataReader reader, LeaseToken lease) => new()
    {
        Id = lease.WorkId,
        Kind = lease.Kind,
        Tenant = new TenantId(reader.GetString(2)),
        Priority = (MessagePriority)reader.GetInt16(3),
        DueAt = Codes.ToInstant(reader.GetInt64(7)),
        Payload = reader.Bytes(11),
    };

    private DeliveryRecord ReadRecord(NpgsqlDataReader reader, Guid id)
    {
        var tenant = new TenantId(reader.GetString(2));
        var delivery = RecordReading.ReadDelivery(reader, FirstOfDelivery, id, tenant, reader.GetInt16(3));
        if (_message?.Id != delivery.MessageId)
        {
            _message = RecordReading.ReadMessage(reader, FirstOfMessage, delivery.MessageId, tenant);
        }

        return new DeliveryRecord(_message, delivery, RecordReading.ReadState(reader, FirstOfState, PlaceOf(reader)));
    }

    private static WorkPlace PlaceOf(NpgsqlDataReader reader) => new(
        WorkState.Ready,
        DueAt: Codes.ToInstant(reader.GetInt64(7)),
        Since: Codes.ToInstant(reader.GetInt64(8)),
        AttemptBegan: reader.GetInt16(6) == (short)CallMark.Lost,
        CancelRequested: reader.GetBoolean(12));
}

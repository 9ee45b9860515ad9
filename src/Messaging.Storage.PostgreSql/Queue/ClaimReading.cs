using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Reading;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Reads the rows of a claim.</summary>
internal static class ClaimReading
{
    public const string Statement = "SELECT * FROM messaging.claim($1, $2, $3, $4, $5, $6)";

    public static ClaimHeader ReadHeader(NpgsqlDataReader reader) => new(reader.GetInt64(8), reader.GetInt32(6) != 0, reader.GetInt16(7) != 0);

    public static ClaimedRow ReadRow(NpgsqlDataReader reader)
    {
        var kind = (WorkKind)reader.GetInt16(0);
        var lease = new LeaseToken(kind, reader.GetGuid(1), reader.GetInt64(10));
        return new ClaimedRow(
            lease,
            Until: Codes.ToInstant(reader.GetInt64(11)),
            Claims: reader.GetInt32(6),
            Lane: reader.GetInt16(3),
            Turn: reader.GetInt64(4),
            Order: reader.GetInt64(5),
            IsPlain: reader.GetBoolean(14),
            ReadPlace(reader),
            kind == WorkKind.Deliver ? null : ReadItem(reader, lease));
    }

    private static WorkPlace ReadPlace(NpgsqlDataReader reader) => new(
        WorkState.Ready,
        DueAt: Codes.ToInstant(reader.GetInt64(8)),
        Since: Codes.ToInstant(reader.GetInt64(9)),
        AttemptBegan: reader.GetInt16(7) == (short)CallMark.Lost,
        CancelRequested: reader.GetBoolean(13));

    private static WorkItem ReadItem(NpgsqlDataReader reader, LeaseToken lease) => new()
    {
        Id = lease.WorkId,
        Kind = lease.Kind,
        Tenant = new TenantId(reader.GetString(2)),
        Priority = (MessagePriority)reader.GetInt16(3),
        DueAt = Codes.ToInstant(reader.GetInt64(8)),
        Payload = reader.Bytes(12),
    };
}

using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Reading;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Makes leases of the rows that a claim returns. Deliveries of one message that follow each other share its record. Not thread safe: one for each claim.</summary>
/// <param name="reader">Stands at the header.</param>
/// <param name="known">The message that the database was told to leave out.</param>
internal sealed class ClaimReading(NpgsqlDataReader reader, StoredMessage? known)
{
    private const int Lanes = 4;
    private const int FirstOfDelivery = 14;
    private const int FirstOfMessage = 25;
    private const int FirstOfState = 32;

    private readonly List<(short Lane, long Turn, long Place, LeasedWork Work)> _rows = [];
    private StoredMessage? _message;

    /// <summary>Gets the message that rows come without: the one that the header brought, else the known one.</summary>
    public StoredMessage? Shared { get; private set; } = known;

    public int Count => _rows.Count;

    public ClaimHeader ReadHeader()
    {
        if (reader.Id(FirstOfDelivery) is { } id)
        {
            Shared = RecordReading.ReadMessage(reader, FirstOfMessage, new MessageId(id), new TenantId(reader.GetString(2)));
        }

        return new ClaimHeader(reader.GetInt64(8), reader.GetInt32(6) != 0, reader.GetInt16(7) != 0);
    }

    public void ReadWork()
    {
        var kind = (WorkKind)reader.GetInt16(0);
        var lease = new LeaseToken(kind, reader.GetGuid(1), reader.GetInt64(10));
        var until = Codes.ToInstant(reader.GetInt64(11));
        var work = kind == WorkKind.Deliver
            ? new LeasedWork(lease, until, reader.GetInt32(6), ReadRecord(lease.WorkId), null)
            : new LeasedWork(lease, until, reader.GetInt32(6), null, ReadItem(lease));
        _rows.Add((reader.GetInt16(3), reader.GetInt64(4), reader.GetInt64(5), work));
    }

    /// <summary>Adds what was read in the order of lanes and turns.</summary>
    /// <returns>The last turn of each lane; -1 where there is none.</returns>
    public long[] Complete(List<LeasedWork> claimed)
    {
        _rows.Sort(static (a, b) =>
            a.Lane != b.Lane ? a.Lane.CompareTo(b.Lane) : a.Turn != b.Turn ? a.Turn.CompareTo(b.Turn) : a.Place.CompareTo(b.Place));
        var last = new long[Lanes];
        last.AsSpan().Fill(-1);
        foreach (var (lane, turn, _, work) in _rows)
        {
            last[lane] = turn;
            claimed.Add(work);
        }

        return last;
    }

    private WorkItem ReadItem(LeaseToken lease) => new()
    {
        Id = lease.WorkId,
        Kind = lease.Kind,
        Tenant = new TenantId(reader.GetString(2)),
        Priority = (MessagePriority)reader.GetInt16(3),
        DueAt = Codes.ToInstant(reader.GetInt64(8)),
        Payload = reader.Bytes(12),
    };

    private DeliveryRecord ReadRecord(Guid id)
    {
        var tenant = new TenantId(reader.GetString(2));
        var delivery = RecordReading.ReadDelivery(reader, FirstOfDelivery, id, tenant, reader.GetInt16(3));
        if (_message?.Id != delivery.MessageId)
        {
            _message = Shared?.Id == delivery.MessageId ? Shared : RecordReading.ReadMessage(reader, FirstOfMessage, delivery.MessageId, tenant);
        }

        return new DeliveryRecord(_message, delivery, RecordReading.ReadState(reader, FirstOfState, PlaceOf()));
    }

    private WorkPlace PlaceOf() => new(
        WorkState.Ready,
        DueAt: Codes.ToInstant(reader.GetInt64(8)),
        Since: Codes.ToInstant(reader.GetInt64(9)),
        AttemptBegan: reader.GetInt16(7) == (short)CallMark.Lost,
        CancelRequested: reader.GetBoolean(13));
}

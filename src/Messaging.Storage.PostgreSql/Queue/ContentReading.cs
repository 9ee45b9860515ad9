using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Reading;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Reads what claimed deliveries are about. Safe for concurrent use.</summary>
internal sealed class ContentReading
{
    private const string Statement = "SELECT * FROM messaging.contents($1, $2, $3)";
    private const int FirstOfDelivery = 2;
    private const int FirstOfMessage = 13;
    private const int FirstOfState = 20;

    /// <summary>The message that the last deliveries shared, which is likely to be the next ones': a bulk's content crosses the wire once and not for each of its recipients.</summary>
    private StoredMessage? _shared;

    /// <summary>Adds the records of deliveries that were claimed; none for one whose row is gone.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="rows">Which ones; this sorts them by id.</param>
    /// <param name="into">Where the records go, by id.</param>
    public async ValueTask AddAsync(NpgsqlConnection connection, List<ClaimedRow> rows, Dictionary<Guid, DeliveryRecord> into)
    {
        rows.Sort(static (a, b) => a.Lease.WorkId.CompareTo(b.Lease.WorkId));
        Guid[] ids = [.. rows.Select(row => row.Lease.WorkId)];
        var known = Volatile.Read(ref _shared);
        var command = new NpgsqlCommand(Statement, connection);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(Query.With(ids));
        command.Parameters.Add(Query.With<bool[]>([.. rows.Select(row => row.IsPlain)]));
        command.Parameters.Add(Query.With(known?.Id.Value ?? Guid.Empty));
        var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        var shared = ReadShared(reader) ?? known;
        StoredMessage? last = null;
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var id = reader.GetGuid(0);
            var record = ReadRecord(reader, rows[Array.BinarySearch(ids, id)], shared, last);
            last = record.Message;
            into.Add(id, record);
        }

        Volatile.Write(ref _shared, shared);
    }

    /// <summary>Lets go of the shared message: there is no more for whom to keep it.</summary>
    public void Forget() => Volatile.Write(ref _shared, null);

    /// <summary>Reads the message that rows come without; <see langword="null"/> when that is the known one.</summary>
    private static StoredMessage? ReadShared(NpgsqlDataReader reader) => reader.Id(FirstOfDelivery) is { } id
        ? RecordReading.ReadMessage(reader, FirstOfMessage, new MessageId(id), new TenantId(reader.GetString(1)))
        : null;

    private static DeliveryRecord ReadRecord(NpgsqlDataReader reader, in ClaimedRow row, StoredMessage? shared, StoredMessage? last)
    {
        var tenant = new TenantId(reader.GetString(1));
        var delivery = RecordReading.ReadDelivery(reader, FirstOfDelivery, row.Lease.WorkId, tenant, row.Lane);
        var message = delivery.MessageId == last?.Id ? last
            : delivery.MessageId == shared?.Id ? shared
            : RecordReading.ReadMessage(reader, FirstOfMessage, delivery.MessageId, tenant);
        return new DeliveryRecord(message, delivery, RecordReading.ReadState(reader, FirstOfState, row.Place));
    }
}

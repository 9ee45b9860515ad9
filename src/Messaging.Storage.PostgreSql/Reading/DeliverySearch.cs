using System.Text;
using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>Lists deliveries by place, newest first, along the narrowest index that the query names.</summary>
internal sealed class DeliverySearch(Database database)
{
    private const string Columns =
        $"""
        SELECT d.place, d.id, d.message_id, d.kind, coalesce(s.account, d.channel), m.category, d.priority, m.template, d.contact_id, d.reference,
          {DeliveryColumns.Status}, s.why_code, s.why_text, s.why_until, coalesce(s.total_attempts, 0), d.accepted_at,
          CASE w.state WHEN 2 THEN w.lease_until ELSE w.due_at END, s.settled_at, s.provider_id
        FROM messaging.deliveries d
        """;

    private const string All = $"{Columns} {DeliveryColumns.State} {DeliveryColumns.WorkAndMessage} {DeliveryColumns.Clock}";

    /// <summary>Dead letters are few, and their states have an index: the way goes from these to the deliveries.</summary>
    private const string Dead = $"{Columns} JOIN messaging.states s ON s.id = d.id {DeliveryColumns.WorkAndMessage} {DeliveryColumns.Clock}";

    public async ValueTask<Page<DeliverySummary>> RunAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        var (statement, parameters) = Statement(query);
        var rows = await database.ListPlannedAsync(
            statement, reader => (Place: reader.GetInt64(0), Summary: Read(reader, query.Tenant)), cancellationToken, parameters).ConfigureAwait(false);
        var next = rows.Count > query.Limit ? HistoryCursor.Write(rows[query.Limit - 1].Place) : null;
        return new([.. rows.Take(query.Limit).Select(row => row.Summary)], next);
    }

    internal static (string Statement, List<NpgsqlParameter> Parameters) Statement(DeliveryQuery query)
    {
        var (text, parameters) = (new StringBuilder(query.DeadLetters ? Dead : All), new List<NpgsqlParameter>());
        string Add<T>(T value)
        {
            parameters.Add(Query.With(value));
            return $"${parameters.Count}";
        }

        text.Append(" WHERE d.tenant = ").Append(Add(query.Tenant.Value));
        void Where(string condition) => text.Append(" AND ").Append(condition);
        if (query.Cursor is { } cursor)
        {
            Where($"d.place < {Add(HistoryCursor.Read(cursor))}");
        }

        if (query.MessageId is { } message)
        {
            Where($"d.message_id = {Add(message.Value)}");
        }

        if (query.Reference is { } reference)
        {
            Where($"d.reference = {Add(reference)}");
        }

        if (query.ContactId is { } contact)
        {
            Where($"d.contact_id = {Add(contact.Value)}");
        }

        if (query.Address is { } address)
        {
            Where($"d.address_hash = {Add(Codes.HashOf(query.Tenant.Value, address.Kind, address.Value))} AND d.kind = {Add(address.Kind)} AND d.address = {Add(address.Value)}");
        }

        if (query.Statuses.Count > 0)
        {
            Where($"{DeliveryColumns.Status} = ANY ({Add(query.Statuses.Select(status => (int)status).ToArray())})");
        }

        if (query.Kind is { } kind)
        {
            Where($"d.kind = {Add(kind)}");
        }

        if (query.Account is { } account)
        {
            Where($"coalesce(s.account, d.channel) = {Add(account)}");
        }

        if (query.Category is { } category)
        {
            Where($"m.category = {Add(category)}");
        }

        if (query.Template is { } template)
        {
            Where($"m.template = {Add(template)}");
        }

        if (query.DeadLetters)
        {
            Where("s.dead_letter AND s.tenant = d.tenant");
        }

        if (query.From is { } from)
        {
            Where($"d.accepted_at >= {Add(from.UtcTicks)}");
        }

        if (query.To is { } to)
        {
            Where($"d.accepted_at < {Add(to.UtcTicks)}");
        }

        text.Append(" ORDER BY d.place DESC LIMIT ").Append(Add(query.Limit + 1L));
        return (text.ToString(), parameters);
    }

    private static DeliverySummary Read(NpgsqlDataReader reader, TenantId tenant) => new()
    {
        Id = new DeliveryId(reader.GetGuid(1)),
        MessageId = new MessageId(reader.GetGuid(2)),
        Tenant = tenant,
        Kind = reader.GetString(3),
        Account = reader.GetString(4),
        Category = reader.GetString(5),
        Priority = (MessagePriority)reader.GetInt16(6),
        Template = reader.Text(7),
        ContactId = reader.Id(8) is { } contact ? new ContactId(contact) : null,
        Reference = reader.Text(9),
        Status = (DeliveryStatus)reader.GetInt32(10),
        Why = Codes.ToWhy(reader.Text(11), reader.Text(12), reader.Number(13)),
        Attempts = reader.GetInt32(14),
        AcceptedAt = Codes.ToInstant(reader.GetInt64(15)),
        DueAt = Codes.ToInstantOrNull(reader.Number(16)),
        SettledAt = Codes.ToInstantOrNull(reader.Number(17)),
        ProviderId = reader.Text(18),
    };
}

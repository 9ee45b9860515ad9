using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Takes rows as they stand into a working set, from columns that a commit loads in this order.</summary>
internal static class RowReading
{
    /// <summary>The columns that <see cref="ReadMessage"/> reads, of <c>m</c>.</summary>
    public const string Message = "m.id, m.tenant, m.accepted_at, m.category, m.template, m.reference, m.expires_at, m.sensitive, m.is_bulk, m.is_routed, m.drops";

    /// <summary>The columns that <see cref="ReadDelivery"/> reads, of <c>d</c>.</summary>
    public const string Delivery =
        "d.id, d.place, d.message_id, d.tenant, d.kind, d.address, d.address_hash, d.channel, d.priority, d.accepted_at, d.contact_id, d.reference, d.plan_id, d.plan_step, d.item_hash";

    /// <summary>The columns that <see cref="ReadWork"/> reads, of <c>w</c>.</summary>
    public const string Work =
        """
        w.id, w.kind, w.tenant, w.lane, w.state, w.plain, w.cancel_requested, w.call, w.claims, w.turn, w.place, w.due_at, w.since, w.fence,
        w.claimed_at, w.lease_until, w.park_key, w.payload
        """;

    /// <summary>The columns that <see cref="ReadState"/> reads, of <c>s</c>.</summary>
    public const string State =
        """
        s.id, s.place, s.tenant, s.status, s.attempts, s.total_attempts, s.generation, s.evidence, s.account, s.provider_id, s.provider_account, s.provider_place,
        s.settled_at, s.cancel_requested, s.dead_letter, s.dropped, s.why_code, s.why_text, s.why_until, s.call_started_at, s.call_took, s.call_settled_at
        """;

    public static void ReadMessage(NpgsqlDataReader reader, WorkingSet set)
    {
        var row = new MessageRow
        {
            Id = reader.GetGuid(0),
            Tenant = reader.GetString(1),
            AcceptedAt = reader.GetInt64(2),
            Category = reader.GetString(3),
            Template = reader.Text(4),
            Reference = reader.Text(5),
            ExpiresAt = reader.Number(6),
            Sensitive = reader.GetBoolean(7),
            IsBulk = reader.GetBoolean(8),
            IsRouted = reader.GetBoolean(9),
            Drops = reader.GetBoolean(10),
        };
        set.Messages.Load(row.Id, row);
    }

    public static void ReadDelivery(NpgsqlDataReader reader, WorkingSet set)
    {
        var row = new DeliveryRow
        {
            Id = reader.GetGuid(0),
            Place = reader.GetInt64(1),
            MessageId = reader.GetGuid(2),
            Tenant = reader.GetString(3),
            Kind = reader.GetString(4),
            Address = reader.GetString(5),
            AddressHash = reader.GetInt64(6),
            Channel = reader.GetString(7),
            Priority = reader.GetInt16(8),
            AcceptedAt = reader.GetInt64(9),
            ContactId = reader.Id(10),
            Reference = reader.Text(11),
            PlanId = reader.Id(12),
            PlanStep = reader.GetInt32(13),
            ItemHash = reader.Id(14),
        };
        set.Deliveries.Load(row.Id, row);
    }

    public static void ReadWork(NpgsqlDataReader reader, WorkingSet set)
    {
        var row = new WorkRow
        {
            Id = reader.GetGuid(0),
            Kind = reader.GetInt16(1),
            Tenant = reader.GetString(2),
            Lane = reader.GetInt16(3),
            State = reader.GetInt16(4),
            Plain = reader.GetBoolean(5),
            CancelRequested = reader.GetBoolean(6),
            Call = reader.GetInt16(7),
            Claims = reader.GetInt32(8),
            Turn = reader.GetInt64(9),
            Place = reader.GetInt64(10),
            DueAt = reader.GetInt64(11),
            Since = reader.GetInt64(12),
            Fence = reader.GetInt64(13),
            ClaimedAt = reader.GetInt64(14),
            LeaseUntil = reader.GetInt64(15),
            ParkKey = reader.Text(16),
            Payload = reader.Bytes(17),
        };
        set.Work.Load((row.Kind, row.Id), row);
    }

    public static void ReadState(NpgsqlDataReader reader, WorkingSet set)
    {
        var row = new StateRow
        {
            Id = reader.GetGuid(0),
            Place = reader.GetInt64(1),
            Tenant = reader.GetString(2),
            Status = reader.GetInt16(3),
            Attempts = reader.GetInt32(4),
            TotalAttempts = reader.GetInt32(5),
            Generation = reader.GetInt32(6),
            Evidence = reader.GetFieldValue<byte[]>(7),
            Account = reader.Text(8),
            ProviderId = reader.Text(9),
            ProviderAccount = reader.Text(10),
            ProviderPlace = reader.Number(11),
            SettledAt = reader.Number(12),
            CancelRequested = reader.GetBoolean(13),
            DeadLetter = reader.GetBoolean(14),
            Dropped = reader.GetBoolean(15),
            WhyCode = reader.Text(16),
            WhyText = reader.Text(17),
            WhyUntil = reader.Number(18),
            CallStartedAt = reader.Number(19),
            CallTook = reader.Number(20),
            CallSettledAt = reader.Number(21),
        };
        set.States.Load(row.Id, row);
    }
}

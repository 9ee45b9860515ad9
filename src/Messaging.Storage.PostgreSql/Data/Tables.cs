using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>The suite's tables.</summary>
/// <remarks>
/// Where a row came into being without a look at the database, an instant of 0 stands for the database's clock. A place that is not given yet is
/// the next of the sequence; rows are written in the order in which they are given. The clock is asked in a subquery of its own, hence once for a
/// statement and not for each row of it.
/// </remarks>
internal static class Tables
{
    public static Table<MessageRow> Messages { get; } = new(
        "messages",
        1,
        [
            new Column<MessageRow, Guid>("id", "uuid", row => row.Id),
            new Column<MessageRow, string>("tenant", "text", row => row.Tenant),
            new Column<MessageRow, long>("accepted_at", "bigint", row => row.AcceptedAt),
            new Column<MessageRow, string>("category", "text", row => row.Category),
            new Column<MessageRow, string?>("template", "text", row => row.Template),
            new Column<MessageRow, string?>("reference", "text", row => row.Reference),
            new Column<MessageRow, long?>("expires_at", "bigint", row => row.ExpiresAt),
            new Column<MessageRow, bool>("sensitive", "boolean", row => row.Sensitive),
            new Column<MessageRow, bool>("is_bulk", "boolean", row => row.IsBulk),
            new Column<MessageRow, bool>("is_routed", "boolean", row => row.IsRouted),
            new Column<MessageRow, bool>("drops", "boolean", row => row.Drops),
            new Column<MessageRow, byte[]>("payload", "bytea", row => row.Payload),
        ]);

    public static Table<DeliveryRow> Deliveries { get; } = new(
        "deliveries",
        1,
        [
            new Column<DeliveryRow, Guid>("id", "uuid", row => row.Id),
            new Column<DeliveryRow, long>("place", "bigint", row => row.Place),
            new Column<DeliveryRow, Guid>("message_id", "uuid", row => row.MessageId),
            new Column<DeliveryRow, string>("tenant", "text", row => row.Tenant),
            new Column<DeliveryRow, string>("kind", "text", row => row.Kind),
            new Column<DeliveryRow, string>("address", "text", row => row.Address),
            new Column<DeliveryRow, long>("address_hash", "bigint", row => row.AddressHash),
            new Column<DeliveryRow, string>("channel", "text", row => row.Channel),
            new Column<DeliveryRow, short>("priority", "smallint", row => row.Priority),
            new Column<DeliveryRow, long>("accepted_at", "bigint", row => row.AcceptedAt),
            new Column<DeliveryRow, Guid?>("contact_id", "uuid", row => row.ContactId),
            new Column<DeliveryRow, string?>("reference", "text", row => row.Reference),
            new Column<DeliveryRow, Guid?>("plan_id", "uuid", row => row.PlanId),
            new Column<DeliveryRow, int>("plan_step", "integer", row => row.PlanStep),
            new Column<DeliveryRow, Guid?>("item_hash", "uuid", row => row.ItemHash),
            new Column<DeliveryRow, byte[]>("payload", "bytea", row => row.Payload),
        ],
        new Dictionary<string, string>
        {
            ["place"] = "nextval('messaging.place')",
        });

    public static Table<StateRow> States { get; } = new(
        "states",
        1,
        [
            new Column<StateRow, Guid>("id", "uuid", row => row.Id),
            new Column<StateRow, long>("place", "bigint", row => row.Place),
            new Column<StateRow, string>("tenant", "text", row => row.Tenant),
            new Column<StateRow, short>("status", "smallint", row => row.Status),
            new Column<StateRow, int>("attempts", "integer", row => row.Attempts),
            new Column<StateRow, int>("total_attempts", "integer", row => row.TotalAttempts),
            new Column<StateRow, int>("generation", "integer", row => row.Generation),
            new Column<StateRow, byte[]>("evidence", "bytea", row => row.Evidence),
            new Column<StateRow, string?>("account", "text", row => row.Account),
            new Column<StateRow, string?>("provider_id", "text", row => row.ProviderId),
            new Column<StateRow, string?>("provider_account", "text", row => row.ProviderAccount),
            new Column<StateRow, long?>("provider_place", "bigint", row => row.ProviderPlace),
            new Column<StateRow, long?>("settled_at", "bigint", row => row.SettledAt),
            new Column<StateRow, bool>("cancel_requested", "boolean", row => row.CancelRequested),
            new Column<StateRow, bool>("dead_letter", "boolean", row => row.DeadLetter),
            new Column<StateRow, bool>("dropped", "boolean", row => row.Dropped),
            new Column<StateRow, string?>("why_code", "text", row => row.WhyCode),
            new Column<StateRow, string?>("why_text", "text", row => row.WhyText),
            new Column<StateRow, long?>("why_until", "bigint", row => row.WhyUntil),
            new Column<StateRow, long?>("call_started_at", "bigint", row => row.CallStartedAt),
            new Column<StateRow, long?>("call_took", "bigint", row => row.CallTook),
            new Column<StateRow, long?>("call_settled_at", "bigint", row => row.CallSettledAt),
        ],
        new Dictionary<string, string>
        {
            ["provider_place"] = Sequenced("provider_place"),
            ["settled_at"] = "CASE x.settled_at WHEN 0 THEN (SELECT messaging.messaging_now()) ELSE x.settled_at END",
        });

    public static Table<TimelineRow> Timeline { get; } = new(
        "timeline",
        2,
        [
            new Column<TimelineRow, Guid>("delivery_id", "uuid", row => row.DeliveryId),
            new Column<TimelineRow, long>("place", "bigint", row => row.Place),
            new Column<TimelineRow, long>("at", "bigint", row => row.At),
            new Column<TimelineRow, short>("type", "smallint", row => row.Type),
            new Column<TimelineRow, short>("event", "smallint", row => row.Event),
            new Column<TimelineRow, int?>("attempt", "integer", row => row.Attempt),
            new Column<TimelineRow, string?>("account", "text", row => row.Account),
            new Column<TimelineRow, long?>("took", "bigint", row => row.Took),
            new Column<TimelineRow, string?>("provider_code", "text", row => row.ProviderCode),
            new Column<TimelineRow, string?>("provider_text", "text", row => row.ProviderText),
            new Column<TimelineRow, string?>("why_code", "text", row => row.WhyCode),
            new Column<TimelineRow, string?>("why_text", "text", row => row.WhyText),
            new Column<TimelineRow, long?>("why_until", "bigint", row => row.WhyUntil),
        ],
        new Dictionary<string, string>
        {
            ["place"] = "nextval('messaging.place')",
        });

    public static Table<WorkRow> Work { get; } = new(
        "work",
        2,
        [
            new Column<WorkRow, Guid>("id", "uuid", row => row.Id),
            new Column<WorkRow, short>("kind", "smallint", row => row.Kind),
            new Column<WorkRow, string>("tenant", "text", row => row.Tenant),
            new Column<WorkRow, short>("lane", "smallint", row => row.Lane),
            new Column<WorkRow, short>("state", "smallint", row => row.State),
            new Column<WorkRow, bool>("plain", "boolean", row => row.Plain),
            new Column<WorkRow, bool>("cancel_requested", "boolean", row => row.CancelRequested),
            new Column<WorkRow, short>("call", "smallint", row => row.Call),
            new Column<WorkRow, int>("claims", "integer", row => row.Claims),
            new Column<WorkRow, long>("turn", "bigint", row => row.Turn),
            new Column<WorkRow, long>("place", "bigint", row => row.Place),
            new Column<WorkRow, long>("due_at", "bigint", row => row.DueAt),
            new Column<WorkRow, long>("since", "bigint", row => row.Since),
            new Column<WorkRow, long>("fence", "bigint", row => row.Fence),
            new Column<WorkRow, long>("claimed_at", "bigint", row => row.ClaimedAt),
            new Column<WorkRow, long>("lease_until", "bigint", row => row.LeaseUntil),
            new Column<WorkRow, string?>("park_key", "text", row => row.ParkKey),
            new Column<WorkRow, byte[]?>("payload", "bytea", row => row.Payload),
        ],
        new Dictionary<string, string>
        {
            ["place"] = Sequenced("place"),
            ["due_at"] = "CASE x.since WHEN 0 THEN greatest(x.due_at, (SELECT messaging.messaging_now())) ELSE x.due_at END",
            ["since"] = "CASE x.since WHEN 0 THEN (SELECT messaging.messaging_now()) ELSE x.since END",
        });

    public static Table<IdempotencyRow> Idempotency { get; } = new(
        "idempotency",
        2,
        [
            new Column<IdempotencyRow, string>("tenant", "text", row => row.Tenant),
            new Column<IdempotencyRow, string>("key", "text", row => row.Key),
            new Column<IdempotencyRow, Guid>("fingerprint", "uuid", row => row.Fingerprint),
            new Column<IdempotencyRow, Guid>("message_id", "uuid", row => row.MessageId),
            new Column<IdempotencyRow, long>("keep_until", "bigint", row => row.KeepUntil),
        ]);

    public static Table<EventKeyRow> EventKeys { get; } = new(
        "event_keys",
        1,
        [
            new Column<EventKeyRow, Guid>("hash", "uuid", row => row.Hash),
            new Column<EventKeyRow, Guid>("delivery_id", "uuid", row => row.DeliveryId),
        ]);

    public static Table<ReceiptRow> Receipts { get; } = new(
        "receipts",
        3,
        [
            new Column<ReceiptRow, string>("account", "text", row => row.Account),
            new Column<ReceiptRow, string>("provider_id", "text", row => row.ProviderId),
            new Column<ReceiptRow, Guid>("delivery_id", "uuid", row => row.DeliveryId),
            new Column<ReceiptRow, long>("place", "bigint", row => row.Place),
        ],
        new Dictionary<string, string>
        {
            ["place"] = Sequenced("place"),
        });

    public static Table<EntityRow> Entities { get; } = new(
        "entities",
        3,
        [
            new Column<EntityRow, string>("schema", "text", row => row.Schema),
            new Column<EntityRow, string>("tenant", "text", row => row.Tenant),
            new Column<EntityRow, string>("key", "text", row => row.Key),
            new Column<EntityRow, long>("version", "bigint", row => row.Version),
            new Column<EntityRow, byte[]>("json", "bytea", row => row.Json),
        ]);

    public static Table<EntityValueRow> EntityValues { get; } = new(
        "entity_values",
        5,
        [
            new Column<EntityValueRow, string>("schema", "text", row => row.Schema),
            new Column<EntityValueRow, string>("index", "text", row => row.Index),
            new Column<EntityValueRow, string>("tenant", "text", row => row.Tenant),
            new Column<EntityValueRow, string>("value", "text", row => row.Value),
            new Column<EntityValueRow, string>("key", "text", row => row.Key),
            new Column<EntityValueRow, bool>("is_unique", "boolean", row => row.IsUnique),
        ]);

    private static string Sequenced(string column) =>
        $"CASE WHEN x.{column} >= {WorkingSet.FirstNewPlace} THEN nextval('messaging.place') ELSE x.{column} END";
}

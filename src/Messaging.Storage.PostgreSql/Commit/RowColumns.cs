namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>The columns that a commit loads, in the order in which <see cref="RowReading"/> takes them.</summary>
internal static class RowColumns
{
    public const string Message = "m.id, m.tenant, m.accepted_at, m.category, m.template, m.reference, m.expires_at, m.sensitive, m.is_bulk, m.is_routed, m.drops";

    public const string Delivery =
        "d.id, d.place, d.message_id, d.tenant, d.kind, d.address, d.address_hash, d.channel, d.priority, d.accepted_at, d.contact_id, d.reference, d.plan_id, d.plan_step, d.item_hash";

    public const string Work =
        """
        w.id, w.kind, w.tenant, w.lane, w.state, w.plain, w.cancel_requested, w.call, w.claims, w.turn, w.place, w.due_at, w.since, w.fence,
        w.claimed_at, w.lease_until, w.park_key, w.owner, w.payload
        """;

    public const string State =
        """
        s.id, s.place, s.tenant, s.status, s.attempts, s.total_attempts, s.generation, s.evidence, s.account, s.provider_id, s.provider_account, s.provider_place,
        s.settled_at, s.cancel_requested, s.dead_letter, s.dropped, s.why_code, s.why_text, s.why_until, s.call_started_at, s.call_took, s.call_settled_at
        """;
}

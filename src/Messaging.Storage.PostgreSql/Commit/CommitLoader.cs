using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Locks and loads what a batch touches in one round trip. Every statement has a snapshot of its own, so what follows a lock sees what the lock waited for.</summary>
internal sealed class CommitLoader(CommitKeys keys)
{
    private const string MessageColumns = "m.id, m.tenant, m.accepted_at, m.category, m.template, m.reference, m.expires_at, m.sensitive, m.is_bulk, m.is_routed, m.drops";

    private const string DeliveryColumns =
        "d.id, d.place, d.message_id, d.tenant, d.kind, d.address, d.address_hash, d.channel, d.priority, d.accepted_at, d.contact_id, d.reference, d.plan_id, d.plan_step, d.item_hash";

    private const string WorkColumns =
        """
        w.id, w.kind, w.tenant, w.lane, w.state, w.plain, w.cancel_requested, w.call, w.claims, w.turn, w.place, w.due_at, w.since, w.fence,
        w.claimed_at, w.lease_until, w.park_key, w.owner, w.payload
        """;

    private const string StateColumns =
        """
        s.id, s.place, s.tenant, s.status, s.attempts, s.total_attempts, s.generation, s.evidence, s.account, s.provider_id, s.provider_account, s.provider_place,
        s.settled_at, s.cancel_requested, s.dead_letter, s.dropped, s.why_code, s.why_text, s.why_until, s.call_started_at, s.call_took, s.call_settled_at
        """;

    /// <summary>The deliveries that something happens to: named, or of a message whose payloads go.</summary>
    private const string TouchedOrDropped = "IN (SELECT unnest($1::uuid[]) UNION SELECT t.id FROM messaging.deliveries t WHERE t.message_id = ANY ($2::uuid[]))";

    /// <summary>
    /// One probe of one partition for each identity, which is nearly always new. The limit leaves no other plan: a prepared statement keeps the plan that it got
    /// when the day was young and its partition small, and to read all of that is the wrong way an hour later.
    /// </summary>
    private const string NewStatement =
        $"SELECT {DeliveryColumns} FROM unnest($1::uuid[]) AS x (id) CROSS JOIN LATERAL (SELECT * FROM messaging.deliveries t WHERE t.id = x.id LIMIT 1) AS d";

    /// <summary>
    /// Looks whether a bulk has items at all, which one that begins has not, and only then for each item. A subquery that returns a value is run by
    /// index for each row, whatever the statistics say; the order keeps the first from reading a partition to its end for what is not there.
    /// </summary>
    private const string ItemsStatement =
        """
        WITH begun AS MATERIALIZED (
          SELECT m.id FROM unnest($1::uuid[]) AS m (id)
          WHERE (SELECT true FROM messaging.deliveries d WHERE d.message_id = m.id AND d.item_hash IS NOT NULL ORDER BY d.item_hash LIMIT 1))
        SELECT b.id, x.item_hash FROM begun b JOIN unnest($2::uuid[], $3::uuid[]) AS x (message_id, item_hash) ON x.message_id = b.id
        WHERE (SELECT true FROM messaging.deliveries d WHERE d.message_id = b.id AND d.item_hash = x.item_hash LIMIT 1)
        """;

    private readonly List<(NpgsqlBatchCommand Command, Action<NpgsqlDataReader, WorkingSet> Read)> _steps = [];
    private readonly Guid[] _deliveries = [.. keys.Deliveries];
    private readonly Guid[] _dropped = [.. keys.DroppedMessages];

    // Nearly always nothing is dropped, and then a key is all that the look-up needs.
    private string Touched => _dropped.Length > 0 ? TouchedOrDropped : "= ANY ($1::uuid[])";

    public async ValueTask<WorkingSet> LoadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Turns turns, CancellationToken cancellationToken)
    {
        Plan();
        var batch = new NpgsqlBatch(connection, transaction);
        await using var _ = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT messaging.messaging_now()"));
        foreach (var (command, _) in _steps)
        {
            batch.BatchCommands.Add(command);
        }

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var set = new WorkingSet(reader.GetInt64(0), turns);
        foreach (var (_, read) in _steps)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                read(reader, set);
            }
        }

        return set;
    }

    private void Plan()
    {
        var touches = _deliveries.Length + _dropped.Length > 0;
        if (touches)
        {
            Add($"SELECT {DeliveryColumns} FROM messaging.deliveries d WHERE d.id {Touched} ORDER BY d.id FOR UPDATE", ReadDelivery, _deliveries, _dropped);
        }

        PlanMessages(touches);
        PlanWork(touches);
        PlanIdempotency();
        PlanEntities();
        if (touches)
        {
            Add($"SELECT {StateColumns} FROM messaging.states s WHERE s.id {Touched}", ReadState, _deliveries, _dropped);
        }

        PlanNew();
        PlanOpen(touches);
    }

    /// <summary>Locks the messages whose payloads go or may go, and those that deliveries join; of the others the flags are enough.</summary>
    private void PlanMessages(bool touches)
    {
        Guid[] locked = [.. keys.JoinedMessages.Union(keys.DroppedMessages).Order()];
        if (locked.Length > 0)
        {
            Add($"SELECT {MessageColumns} FROM messaging.messages m WHERE m.id = ANY ($1::uuid[]) ORDER BY m.id FOR UPDATE", ReadMessage, locked);
        }

        if (touches)
        {
            const string Theirs = "m.id IN (SELECT d.message_id FROM messaging.deliveries d WHERE d.id = ANY ($1::uuid[]))";
            Add($"SELECT {MessageColumns} FROM messaging.messages m WHERE {Theirs} AND (m.sensitive OR m.drops) ORDER BY m.id FOR UPDATE", ReadMessage, _deliveries);
            Add($"SELECT {MessageColumns} FROM messaging.messages m WHERE {Theirs}", ReadMessage, _deliveries);
            if (_dropped.Length > 0)
            {
                // What joined while the message was waited for.
                Add($"SELECT {DeliveryColumns} FROM messaging.deliveries d WHERE d.message_id = ANY ($1::uuid[]) ORDER BY d.id FOR UPDATE", ReadDelivery, _dropped);
            }
        }

        if (keys.NewMessages.Count > 0)
        {
            Add($"SELECT {MessageColumns} FROM messaging.messages m WHERE m.id = ANY ($1::uuid[])", ReadMessage, [.. keys.NewMessages]);
        }
    }

    private void PlanWork(bool touches)
    {
        if (touches)
        {
            Add($"SELECT {WorkColumns} FROM messaging.work w WHERE w.kind = 0 AND w.id {Touched} ORDER BY w.id FOR UPDATE", ReadWork, _deliveries, _dropped);
        }

        if (keys.Work.Count > 0)
        {
            Add(
                $"""
                SELECT {WorkColumns} FROM messaging.work w
                WHERE (w.kind, w.id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[])) ORDER BY w.kind, w.id FOR UPDATE
                """,
                ReadWork,
                keys.Work.Select(key => key.Kind).ToArray(),
                keys.Work.Select(key => key.Id).ToArray());
        }

        foreach (var (key, most) in keys.ParkKeys)
        {
            Add($"SELECT {WorkColumns} FROM messaging.work w WHERE w.state = 3 AND w.park_key = $1 ORDER BY w.place LIMIT $2 FOR UPDATE", ReadWork, key, most);
        }
    }

    private void PlanIdempotency()
    {
        if (keys.Idempotency.Count == 0)
        {
            return;
        }

        var sorted = keys.Idempotency.OrderBy(key => key.Tenant, StringComparer.Ordinal).ThenBy(key => key.Key, StringComparer.Ordinal).ToList();
        Add(
            """
            SELECT i.tenant, i.key, i.fingerprint, i.message_id, i.keep_until FROM messaging.idempotency i
            WHERE (i.tenant, i.key) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY i.tenant, i.key FOR UPDATE
            """,
            static (reader, set) =>
            {
                var row = new IdempotencyRow
                {
                    Tenant = reader.GetString(0), Key = reader.GetString(1), Fingerprint = reader.GetGuid(2), MessageId = reader.GetGuid(3), KeepUntil = reader.GetInt64(4),
                };
                set.Idempotency.Load((row.Tenant, row.Key), row);
            },
            sorted.Select(key => key.Tenant).ToArray(),
            sorted.Select(key => key.Key).ToArray());
    }

    private void PlanEntities()
    {
        if (keys.Entities.Count == 0)
        {
            return;
        }

        string[] schemas = [.. keys.Entities.Select(id => id.Schema)], tenants = [.. keys.Entities.Select(id => id.Tenant)], names = [.. keys.Entities.Select(id => id.Key)];
        const string Theirs = "IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))";
        Add(
            $"SELECT e.schema, e.tenant, e.key, e.version FROM messaging.entities e WHERE (e.schema, e.tenant, e.key) {Theirs} ORDER BY e.schema, e.tenant, e.key FOR UPDATE",
            static (reader, set) => set.Entities.Load(new EntityId(reader.GetString(0), reader.GetString(1), reader.GetString(2)), reader.GetInt64(3)),
            schemas,
            tenants,
            names);
        Add($"SELECT v.schema, v.index, v.tenant, v.value, v.key FROM messaging.entity_values v WHERE v.is_unique AND (v.schema, v.tenant, v.key) {Theirs}", ReadUnique, schemas, tenants, names);
        if (keys.UniqueValues.Count > 0)
        {
            Add(
                """
                SELECT v.schema, v.index, v.tenant, v.value, v.key FROM messaging.entity_values v
                WHERE v.is_unique AND (v.schema, v.index, v.tenant, v.value) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]))
                """,
                ReadUnique,
                keys.UniqueValues.Select(value => value.Schema).ToArray(),
                keys.UniqueValues.Select(value => value.Index).ToArray(),
                keys.UniqueValues.Select(value => value.Tenant).ToArray(),
                keys.UniqueValues.Select(value => value.Value).ToArray());
        }
    }

    private void PlanNew()
    {
        if (keys.NewDeliveries.Count > 0)
        {
            Add(NewStatement, ReadNew, [.. keys.NewDeliveries]);
        }

        if (keys.Items.Count > 0)
        {
            Add(
                ItemsStatement,
                static (reader, set) => set.Items.Add((reader.GetGuid(0), reader.GetGuid(1))),
                keys.Items.Select(item => item.Message).Distinct().ToArray(),
                keys.Items.Select(item => item.Message).ToArray(),
                keys.Items.Select(item => item.Item).ToArray());
        }

        if (keys.EventKeys.Count > 0)
        {
            Add(
                "SELECT e.hash, e.delivery_id FROM messaging.event_keys e WHERE e.hash = ANY ($1::uuid[])",
                static (reader, set) => set.EventKeys.Load(reader.GetGuid(0), new EventKeyRow { Hash = reader.GetGuid(0), DeliveryId = reader.GetGuid(1) }),
                [.. keys.EventKeys]);
        }
    }

    /// <summary>Counts the open deliveries of messages that let go of payloads; a bulk keeps its own, unless it is told to let go.</summary>
    private void PlanOpen(bool touches)
    {
        if (!touches && keys.JoinedMessages.Count == 0)
        {
            return;
        }

        const string Open = "(SELECT count(*) FROM messaging.deliveries o JOIN messaging.work w ON w.id = o.id AND w.kind = 0 WHERE o.message_id = m.id)";
        Add(
            $"""
            SELECT m.id, {Open} FROM messaging.messages m WHERE m.id = ANY ($2::uuid[])
            UNION ALL
            SELECT m.id, {Open} FROM messaging.messages m
            WHERE m.id IN (SELECT d.message_id FROM messaging.deliveries d WHERE d.id = ANY ($1::uuid[]) UNION SELECT unnest($3::uuid[]))
              AND (m.sensitive OR m.drops) AND NOT m.is_bulk
            """,
            static (reader, set) => set.Open[reader.GetGuid(0)] = (int)reader.GetInt64(1),
            _deliveries,
            _dropped,
            keys.JoinedMessages.ToArray());
    }

    private void Add(string statement, Action<NpgsqlDataReader, WorkingSet> read, params object[] values)
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        _steps.Add((command, read));
    }

    private void Add(string statement, Action<NpgsqlDataReader, WorkingSet> read, Guid[] values) => Add(statement, read, [(object)values]);

    private static void ReadUnique(NpgsqlDataReader reader, WorkingSet set) =>
        set.Entities.LoadUnique(new EntityValue(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetString(4));

    private static void ReadNew(NpgsqlDataReader reader, WorkingSet set)
    {
        if (set.Deliveries.Find(reader.GetGuid(0)) is null)
        {
            ReadDelivery(reader, set);
        }
    }

    private static void ReadMessage(NpgsqlDataReader reader, WorkingSet set)
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

    private static void ReadDelivery(NpgsqlDataReader reader, WorkingSet set)
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

    private static void ReadWork(NpgsqlDataReader reader, WorkingSet set)
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
            Owner = reader.Text(17),
            Payload = reader.Bytes(18),
        };
        set.Work.Load((row.Kind, row.Id), row);
    }

    private static void ReadState(NpgsqlDataReader reader, WorkingSet set)
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

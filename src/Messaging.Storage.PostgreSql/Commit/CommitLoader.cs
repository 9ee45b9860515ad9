using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Locks and loads what a batch touches in one round trip. Every statement has a snapshot of its own, so what follows a lock sees what the lock waited for.</summary>
internal sealed class CommitLoader(CommitKeys keys)
{
    /// <summary>The deliveries that something happens to: named, or of a message whose payloads go.</summary>
    private const string NamedOrDropped =
        "(SELECT unnest($1::uuid[]) AS id UNION SELECT t.id FROM messaging.deliveries t WHERE t.message_id = ANY ($2::uuid[]) ORDER BY 1) AS x";

    /// <summary>The messages of the deliveries that are named, each once and in order.</summary>
    private const string Theirs =
        """
        (SELECT DISTINCT d.message_id AS id FROM unnest((SELECT $1::uuid[])) AS u (id)
         CROSS JOIN LATERAL (SELECT t.message_id FROM messaging.deliveries t WHERE t.id = u.id LIMIT 1) AS d ORDER BY 1) AS x
        """;

    /// <summary>
    /// Tells the time, and how this transaction plans: what a statement may touch at the most is much where tables are large, so PostgreSQL would compile
    /// it, which takes a third of a second at each run; and what was empty when a plan was made is not read from end to end later.
    /// </summary>
    private const string ClockStatement = $"SELECT messaging.messaging_now(), set_config('jit', 'off', true), {KeyLookup.NoScans}";

    /// <summary>The array stands in a subquery, so that its length says nothing to the planner, which would make a plan for just this one each time.</summary>
    private const string Named = "unnest((SELECT $1::uuid[])) AS x (id)";
    private const string ForUpdate = " FOR UPDATE";

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

    public async ValueTask<WorkingSet> LoadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Turns turns, CancellationToken cancellationToken)
    {
        Plan();
        var batch = new NpgsqlBatch(connection, transaction);
        await using var _ = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ClockStatement));
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
            AddTouched(RowReading.Delivery, "deliveries", "d", RowReading.ReadDelivery, locking: ForUpdate);
        }

        PlanMessages(touches);
        PlanWork(touches);
        PlanIdempotency();
        PlanEntities();
        if (touches)
        {
            AddTouched(RowReading.State, "states", "s", RowReading.ReadState);
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
            Add(Each(RowReading.Message, Named, "messages", "m", locking: ForUpdate), RowReading.ReadMessage, locked);
        }

        if (touches)
        {
            Add(Each(RowReading.Message, Theirs, "messages", "m", " AND (t.sensitive OR t.drops)", ForUpdate), RowReading.ReadMessage, _deliveries);
            Add(Each(RowReading.Message, Theirs, "messages", "m"), RowReading.ReadMessage, _deliveries);
            if (_dropped.Length > 0)
            {
                // What joined while the message was waited for.
                Add($"SELECT {RowReading.Delivery} FROM messaging.deliveries d WHERE d.message_id = ANY ($1::uuid[]) ORDER BY d.id FOR UPDATE", RowReading.ReadDelivery, _dropped);
            }
        }

        if (keys.NewMessages.Count > 0)
        {
            Add(Each(RowReading.Message, Named, "messages", "m"), RowReading.ReadMessage, [.. keys.NewMessages]);
        }
    }

    private void PlanWork(bool touches)
    {
        if (touches)
        {
            AddTouched(RowReading.Work, "work", "w", RowReading.ReadWork, " AND t.kind = 0", ForUpdate);
        }

        if (keys.Work.Count > 0)
        {
            Add(
                Each(RowReading.Work, "unnest((SELECT $1::smallint[]), (SELECT $2::uuid[])) AS x (kind, id)", "work", "w", " AND t.kind = x.kind", ForUpdate),
                RowReading.ReadWork,
                keys.Work.Select(key => key.Kind).ToArray(),
                keys.Work.Select(key => key.Id).ToArray());
        }

        foreach (var (key, most) in keys.ParkKeys)
        {
            Add($"SELECT {RowReading.Work} FROM messaging.work w WHERE w.stands = 3 AND w.park_key = $1 ORDER BY w.place LIMIT $2 FOR UPDATE", RowReading.ReadWork, key, most);
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
            SELECT i.tenant, i.key, i.fingerprint, i.message_id, i.keep_until FROM unnest((SELECT $1::text[]), (SELECT $2::text[])) AS x (tenant, key)
            CROSS JOIN LATERAL (SELECT * FROM messaging.idempotency t WHERE t.tenant = x.tenant AND t.key = x.key LIMIT 1 FOR UPDATE) AS i
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

        var sorted = keys.Entities.OrderBy(id => id.Schema, StringComparer.Ordinal).ThenBy(id => id.Tenant, StringComparer.Ordinal).ThenBy(id => id.Key, StringComparer.Ordinal).ToList();
        string[] schemas = [.. sorted.Select(id => id.Schema)], tenants = [.. sorted.Select(id => id.Tenant)], names = [.. sorted.Select(id => id.Key)];
        const string Wanted = "unnest((SELECT $1::text[]), (SELECT $2::text[]), (SELECT $3::text[])) AS x (schema, tenant, key)";
        Add(
            $"""
            SELECT e.schema, e.tenant, e.key, e.version FROM {Wanted} CROSS JOIN LATERAL (
              SELECT * FROM messaging.entities t WHERE t.schema = x.schema AND t.tenant = x.tenant AND t.key = x.key LIMIT 1 FOR UPDATE) AS e
            """,
            static (reader, set) => set.Entities.Load(new EntityId(reader.GetString(0), reader.GetString(1), reader.GetString(2)), reader.GetInt64(3)),
            schemas,
            tenants,
            names);
        Add(
            $"""
            SELECT v.schema, v.index, v.tenant, v.value, v.key FROM {Wanted} CROSS JOIN LATERAL (
              SELECT * FROM messaging.entity_values t WHERE t.schema = x.schema AND t.tenant = x.tenant AND t.key = x.key OFFSET 0) AS v
            WHERE v.is_unique
            """,
            ReadUnique,
            schemas,
            tenants,
            names);
        if (keys.UniqueValues.Count > 0)
        {
            Add(
                """
                SELECT v.schema, v.index, v.tenant, v.value, v.key
                FROM unnest((SELECT $1::text[]), (SELECT $2::text[]), (SELECT $3::text[]), (SELECT $4::text[])) AS x (schema, index, tenant, value)
                CROSS JOIN LATERAL (
                  SELECT * FROM messaging.entity_values t
                  WHERE t.is_unique AND t.schema = x.schema AND t.index = x.index AND t.tenant = x.tenant AND t.value = x.value LIMIT 1) AS v
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
            Add(Each(RowReading.Delivery, Named, "deliveries", "d"), ReadNew, [.. keys.NewDeliveries]);
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
                """
                SELECT e.hash, e.delivery_id FROM unnest((SELECT $1::uuid[])) AS x (hash)
                CROSS JOIN LATERAL (SELECT * FROM messaging.event_keys t WHERE t.hash = x.hash LIMIT 1) AS e
                """,
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

        const string Open =
            """
            (SELECT count(*) FROM messaging.deliveries o
             CROSS JOIN LATERAL (SELECT true FROM messaging.work w WHERE w.id = o.id AND w.kind = 0 LIMIT 1) AS open WHERE o.message_id = m.id)
            """;
        const string Joined = "(SELECT y.id FROM unnest((SELECT $3::uuid[])) AS y (id) UNION SELECT x.id FROM " + Theirs + ") AS x";
        const string LetsGo = " AND (t.sensitive OR t.drops) AND NOT t.is_bulk";
        Add(
            $"""
            SELECT m.id, {Open} FROM unnest((SELECT $2::uuid[])) AS m (id)
            UNION ALL
            {Each("m.id, " + Open, Joined, "messages", "m", LetsGo)}
            """,
            static (reader, set) => set.Open[reader.GetGuid(0)] = (int)reader.GetInt64(1),
            _deliveries,
            _dropped,
            keys.JoinedMessages.ToArray());
    }

    /// <summary>
    /// Makes a statement that probes one index for each key. The limit leaves no other plan: a prepared statement keeps the plan that it got when the
    /// day was young and its partition small, and to read all of that is the wrong way an hour later. The keys come sorted, so locks are taken in order.
    /// </summary>
    private static string Each(string columns, string keys, string table, string alias, string condition = "", string locking = "") =>
        $"SELECT {columns} FROM {keys} CROSS JOIN LATERAL (SELECT * FROM messaging.{table} t WHERE t.id = x.id{condition} LIMIT 1{locking}) AS {alias}";

    /// <summary>Loads what belongs to the deliveries that something happens to.</summary>
    private void AddTouched(string columns, string table, string alias, Action<NpgsqlDataReader, WorkingSet> read, string condition = "", string locking = "") =>
        Add(Each(columns, _dropped.Length > 0 ? NamedOrDropped : Named, table, alias, condition, locking), read, _dropped.Length > 0 ? [_deliveries, _dropped] : [_deliveries]);

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
            RowReading.ReadDelivery(reader, set);
        }
    }
}

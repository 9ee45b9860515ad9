using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Writes the differences of a working set as one batch: each table's rows are one statement.</summary>
internal static class CommitWriter
{
    /// <summary>Adds the statements. An identity that is taken makes its statement fail with a unique violation.</summary>
    public static void Write(WorkingSet set, NpgsqlBatch batch)
    {
        // By key where a key may be there already: of two commits that bring the same ones, one waits for the other, and never both.
        Insert(batch, Tables.Messages, Sorted(set.Messages.Added, static (a, b) => a.Id.CompareTo(b.Id)));
        WriteMessages(batch, [.. set.Messages.Changed]);
        Insert(batch, Tables.Deliveries, [.. set.Deliveries.Added]);
        WritePayloads(batch, [.. set.Deliveries.Changed]);
        Write(batch, Tables.States, set.States, row => row.ProviderPlace ?? 0);
        Insert(batch, Tables.Timeline, set.Timeline);
        Insert(batch, Tables.Receipts, set.Receipts, " ON CONFLICT DO NOTHING");
        Write(batch, Tables.Work, set.Work, row => row.Place);
        DeleteWork(batch, [.. set.Work.Removed]);
        Insert(batch, Tables.Idempotency, Sorted(set.Idempotency.Added, Compare));
        Update(batch, Tables.Idempotency, [.. set.Idempotency.Changed]);
        Insert(batch, Tables.EventKeys, [.. set.EventKeys.Added]);
        WriteEntities(batch, set.Entities);
    }

    private static void Write<TKey, TRow>(NpgsqlBatch batch, Table<TRow> table, RowSet<TKey, TRow> rows, Func<TRow, long> place)
        where TKey : notnull
        where TRow : class
    {
        Insert(batch, table, Ordered(rows.Added, place));
        Update(batch, table, Ordered(rows.Changed, place));
    }

    private static void Update<TRow>(NpgsqlBatch batch, Table<TRow> table, List<TRow> rows)
    {
        if (rows.Count > 0)
        {
            batch.BatchCommands.Add(table.Update(rows));
        }
    }

    private static List<TRow> Sorted<TRow>(IEnumerable<TRow> rows, Comparison<TRow> compare)
    {
        var list = rows.ToList();
        list.Sort(compare);
        return list;
    }

    private static int Compare(IdempotencyRow a, IdempotencyRow b) =>
        string.CompareOrdinal(a.Tenant, b.Tenant) is var order and not 0 ? order : string.CompareOrdinal(a.Key, b.Key);

    private static List<TRow> Ordered<TRow>(IEnumerable<TRow> rows, Func<TRow, long> place) => Sorted(rows, (a, b) => place(a).CompareTo(place(b)));

    private static void Insert<TRow>(NpgsqlBatch batch, Table<TRow> table, IReadOnlyList<TRow> rows, string onConflict = "")
    {
        if (rows.Count > 0)
        {
            batch.BatchCommands.Add(table.Insert(rows, onConflict));
        }
    }

    private static void WriteMessages(NpgsqlBatch batch, List<MessageRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"""
            UPDATE messaging.messages t SET is_bulk = x.is_bulk, is_routed = x.is_routed, drops = x.drops, payload = coalesce(x.payload, t.payload)
            FROM unnest($1::uuid[], $2::boolean[], $3::boolean[], $4::boolean[], $5::bytea[]) AS x (id, is_bulk, is_routed, drops, payload)
            WHERE {KeyLookup.Same("id")}
            """)
        {
            Parameters =
            {
                Array(rows, row => row.Id, "uuid"), Array(rows, row => row.IsBulk, "boolean"), Array(rows, row => row.IsRouted, "boolean"),
                Array(rows, row => row.Drops, "boolean"), Array<MessageRow, byte[]?>(rows, row => row.Payload, "bytea"),
            },
        });
    }

    private static void WritePayloads(NpgsqlBatch batch, List<DeliveryRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"UPDATE messaging.deliveries t SET payload = x.payload FROM unnest($1::uuid[], $2::bytea[]) AS x (id, payload) WHERE {KeyLookup.Same("id")}")
        {
            Parameters = { Array(rows, row => row.Id, "uuid"), Array(rows, row => row.Payload, "bytea") },
        });
    }

    private static void DeleteWork(NpgsqlBatch batch, List<(short Kind, Guid Id)> keys)
    {
        if (keys.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                $"DELETE FROM messaging.work t USING unnest($1::smallint[], $2::uuid[]) AS x (kind, id) WHERE {KeyLookup.Same("id", "kind")}")
            {
                Parameters = { Array(keys, key => key.Kind, "smallint"), Array(keys, key => key.Id, "uuid") },
            });
        }
    }

    private static void WriteEntities(NpgsqlBatch batch, EntitySet entities)
    {
        var changes = entities.Changes.ToList();
        if (changes.Count == 0)
        {
            return;
        }

        var there = changes.Where(change => change.WasThere).Select(change => change.Imprint.Id).ToList();
        Delete(batch, there, "entity_values");
        Delete(batch, [.. changes.Where(change => change is { WasThere: true, Imprint.Json: null }).Select(change => change.Imprint.Id)], "entities");
        var rows = changes.Where(change => change.Imprint.Json is not null).ToLookup(change => change.WasThere, change => RowOf(change.Imprint, change.Version));
        Insert(batch, Tables.Entities, [.. rows[false]]);
        if (rows[true].Any())
        {
            batch.BatchCommands.Add(Tables.Entities.Update([.. rows[true]]));
        }

        Insert(batch, Tables.EntityValues, [.. changes.SelectMany(change => ValuesOf(change.Imprint))]);
    }

    private static void Delete(NpgsqlBatch batch, List<EntityId> ids, string table)
    {
        if (ids.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                $"""
                DELETE FROM messaging.{table} t USING unnest($1::text[], $2::text[], $3::text[]) AS x (schema, tenant, key)
                WHERE {KeyLookup.Same("schema", "tenant", "key")}
                """)
            {
                Parameters = { Array(ids, id => id.Schema, "text"), Array(ids, id => id.Tenant, "text"), Array(ids, id => id.Key, "text") },
            });
        }
    }

    private static EntityRow RowOf(EntityImprint imprint, long version) => new()
    {
        Schema = imprint.Id.Schema, Tenant = imprint.Id.Tenant, Key = imprint.Id.Key, Version = version, Json = imprint.Json!,
    };

    private static IEnumerable<EntityValueRow> ValuesOf(EntityImprint imprint) => imprint.Values.Select(value => new EntityValueRow
    {
        Schema = value.Value.Schema, Index = value.Value.Index, Tenant = value.Value.Tenant, Value = value.Value.Value, Key = imprint.Id.Key, IsUnique = value.IsUnique,
    });

    private static NpgsqlParameter<TValue[]> Array<TRow, TValue>(List<TRow> rows, Func<TRow, TValue> value, string type) =>
        new NpgsqlParameter<TValue[]> { TypedValue = [.. rows.Select(value)], DataTypeName = type + "[]" };
}

using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Moving;

/// <summary>Takes over what another store holds: a parcel is a transaction, and what is there already stays.</summary>
internal sealed class Importer(Database database, Turns turns)
{
    private const string UnlessThere = " ON CONFLICT DO NOTHING";

    public async ValueTask RunAsync(StoreParcel parcel, CancellationToken cancellationToken)
    {
        using var open = turns.Commits.Begin();
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection, transaction);
        await using var ___ = batch.ConfigureAwait(false);
        Add(batch, Tables.Messages, [.. parcel.Messages.Select(MovedRows.Message)]);
        Add(batch, Tables.Idempotency, [.. parcel.Claims.Select(MovedRows.Claim)]);
        Add(batch, Tables.Work, [.. parcel.Work.Select(moved => MovedRows.Work(moved, turns))]);
        var places = await AddDeliveriesAsync(connection, transaction, parcel.Deliveries, cancellationToken).ConfigureAwait(false);
        AddStories(batch, [.. parcel.Deliveries.Where(moved => places.ContainsKey(moved.Delivery.Id.Value))], places);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks that entities that were not written are there already.</summary>
    /// <exception cref="InvalidOperationException">One is not: another has a value that only one may have.</exception>
    public async ValueTask ThrowIfMissingAsync(List<EntityChange> refused, CancellationToken cancellationToken)
    {
        if (refused.Count == 0)
        {
            return;
        }

        var ids = refused.ConvertAll(change => change.Accept(EntityImprinter.Instance).Id);
        var missing = await database.ListAsync(
            """
            SELECT DISTINCT x.schema FROM unnest($1::text[], $2::text[], $3::text[]) AS x (schema, tenant, key)
            WHERE NOT EXISTS (SELECT FROM messaging.entities t WHERE t.schema = x.schema AND t.tenant = x.tenant AND t.key = x.key)
            """,
            static reader => reader.GetString(0),
            cancellationToken,
            Query.With(ids.Select(id => id.Schema).ToArray()),
            Query.With(ids.Select(id => id.Tenant).ToArray()),
            Query.With(ids.Select(id => id.Key).ToArray())).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            throw new InvalidOperationException(
                $"Entities of {string.Join(", ", missing)} cannot be taken over: others in this store have values that only one may have. Move into a store that is empty.");
        }
    }

    /// <summary>Adds deliveries.</summary>
    /// <returns>The places of those that were not there yet.</returns>
    private static async ValueTask<Dictionary<Guid, long>> AddDeliveriesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<MovedDelivery> deliveries, CancellationToken cancellationToken)
    {
        var places = new Dictionary<Guid, long>();
        if (deliveries.Count == 0)
        {
            return places;
        }

        var batch = new NpgsqlBatch(connection, transaction);
        await using var _ = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(Tables.Deliveries.Insert([.. deliveries.Select(moved => AcceptedRows.Delivery(moved.Delivery))], UnlessThere + " RETURNING id, place"));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            places.Add(reader.GetGuid(0), reader.GetInt64(1));
        }

        return places;
    }

    private void AddStories(NpgsqlBatch batch, List<MovedDelivery> added, Dictionary<Guid, long> places)
    {
        Add(batch, Tables.States, [.. added.Select(moved => MovedRows.State(moved, places[moved.Delivery.Id.Value]))]);
        Add(batch, Tables.Timeline, [.. added.SelectMany(MovedRows.Timeline)]);
        Add(batch, Tables.Receipts, [.. added.SelectMany(MovedRows.Receipts)]);
        Add(batch, Tables.Work, [.. added.Where(moved => moved.State.Work != WorkState.Done).Select(moved => MovedRows.Work(moved, turns))]);
    }

    private static void Add<TRow>(NpgsqlBatch batch, Table<TRow> table, List<TRow> rows)
    {
        if (rows.Count > 0)
        {
            batch.BatchCommands.Add(table.Insert(rows, UnlessThere));
        }
    }
}

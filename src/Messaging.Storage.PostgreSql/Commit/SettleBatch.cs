using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Ends deliveries that went out at the first call: one statement deletes the work that the leases still hold and writes what became of it.</summary>
internal sealed class SettleBatch(Database database)
{
    private const string Statement = "SELECT messaging.settle($1, $2, $3, $4, $5, $6, $7, $8)";

    /// <summary>Settles those that it may.</summary>
    /// <returns>Which ones were settled. The others are to go the general way: their lease is lost, or there is more to do than usual.</returns>
    public async ValueTask<bool[]> RunAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var settled = new bool[changes.Count];
        var places = new Dictionary<Guid, int>(changes.Count);
        for (var i = 0; i < settled.Length; i++)
        {
            places.TryAdd(changes[i].Settles[0].Lease.WorkId, i);
        }

        // By id, as every commit locks: two batches then never wait for each other.
        var settles = places.OrderBy(pair => pair.Key).Select(pair => changes[pair.Value].Settles[0]).ToList();
        var command = database.Source.CreateCommand(Statement);
        await using var _ = command.ConfigureAwait(false);
        Add(command, settles);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            settled[places[reader.GetGuid(0)]] = true;
        }

        return settled;
    }

    private static void Add(NpgsqlCommand command, List<Settlement> settles)
    {
        var (ids, fences) = (new Guid[settles.Count], new long[settles.Count]);
        var (accounts, providerIds, evidence) = (new string[settles.Count], new string?[settles.Count], new byte[settles.Count][]);
        var (started, took, at) = (new long[settles.Count], new long[settles.Count], new long[settles.Count]);
        for (var i = 0; i < settles.Count; i++)
        {
            var settle = settles[i];
            (ids[i], fences[i]) = (settle.Lease.WorkId, settle.Lease.Fence);
            (accounts[i], providerIds[i]) = (settle.Attempt!.Account, settle.ProviderId);
            evidence[i] = EvidenceBytes.Write(Evidence.None.With(MessageEventType.Submitted, settle.At));
            (started[i], took[i], at[i]) = (settle.Attempt.StartedAt.UtcTicks, settle.Attempt.Elapsed.Ticks, settle.At.UtcTicks);
        }

        Add(command, ids);
        Add(command, fences);
        Add(command, accounts);
        Add(command, providerIds);
        Add(command, evidence);
        Add(command, started);
        Add(command, took);
        Add(command, at);
    }

    private static void Add<T>(NpgsqlCommand command, T[] values) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
}

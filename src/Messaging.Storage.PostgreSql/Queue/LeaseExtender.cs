using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Prolongs claims, all in one statement.</summary>
internal sealed class LeaseExtender(Database database)
{
    private const string Statement = "SELECT * FROM messaging.extend($1, $2, $3, $4)";

    public async ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken)
    {
        var sorted = leases.OrderBy(lease => lease.WorkId).ToList();
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand(Statement, connection)
        {
            Parameters =
            {
                new() { Value = sorted.ConvertAll(lease => lease.WorkId).ToArray() },
                new() { Value = sorted.ConvertAll(lease => (short)lease.Kind).ToArray() },
                new() { Value = sorted.ConvertAll(lease => lease.Fence).ToArray() },
                new() { Value = leaseFor.Ticks },
            },
        };
        await using var __ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ___ = reader.ConfigureAwait(false);
        var held = new HashSet<LeaseToken>(leases.Count);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            held.Add(new LeaseToken((WorkKind)reader.GetInt16(1), reader.GetGuid(0), reader.GetInt64(2)));
        }

        return [.. leases.Where(held.Contains)];
    }
}

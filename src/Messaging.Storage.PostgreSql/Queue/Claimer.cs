using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Claims work: one statement as a rule; when waits have ended, they are made ready and the rest is claimed again.</summary>
internal sealed class Claimer(Database database, Turns turns, Promoter promoter)
{
    private const string Statement = "SELECT * FROM messaging.claim($1, $2, $3, $4, $5)";

    public async ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var claimed = new List<LeasedWork>();
        while (true)
        {
            var before = claimed.Count;
            var (someAreDue, someWereWithdrawn) = await ClaimAsync(request, claimed, cancellationToken).ConfigureAwait(false);
            if (someWereWithdrawn)
            {
                await promoter.WithdrawLostAsync(cancellationToken).ConfigureAwait(false);
            }

            if (!someAreDue || (await promoter.PromoteAsync(cancellationToken).ConfigureAwait(false) == 0 && claimed.Count == before) || claimed.Count >= request.Max)
            {
                return claimed;
            }
        }
    }

    private async ValueTask<(bool SomeAreDue, bool SomeWereWithdrawn)> ClaimAsync(
        ClaimRequest request, List<LeasedWork> claimed, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand(Statement, connection);
        await using var __ = command.ConfigureAwait(false);
        Add(command, request, request.Max - claimed.Count);

        // Once it runs it is not given up: what it claimed would be held until its leases end.
        var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        await using var ___ = reader.ConfigureAwait(false);
        await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        var header = (reader.GetInt32(5) != 0, reader.GetInt16(6) != 0);
        var reading = new ClaimReading();
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            turns.Claimed(reader.GetInt16(3), reader.GetInt64(4));
            claimed.Add(reading.Read(reader));
        }

        return header;
    }

    private static void Add(NpgsqlCommand command, ClaimRequest request, int most)
    {
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = request.LeaseFor.Ticks });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Owner });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. request.Reserved] });
        command.Parameters.Add(new NpgsqlParameter<short[]?>
        {
            TypedValue = request.Kinds.Count == 0 ? null : [.. request.Kinds.Select(kind => (short)kind)],
            DataTypeName = "smallint[]",
        });
    }
}

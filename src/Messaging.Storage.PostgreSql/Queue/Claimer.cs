using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Claims work: one statement as a rule; when waits have ended, they are made ready and the rest is claimed again. Safe for concurrent use.</summary>
internal sealed class Claimer(Database database, Turns turns, Promoter promoter, TimeProvider time)
{
    private const string Statement = "SELECT * FROM messaging.claim($1, $2, $3, $4, $5, $6, $7)";

    private readonly ClaimFront _front = new(turns.Commits, time);

    /// <summary>The message that the last claim's deliveries shared, which is likely to be the next one's: a bulk's content crosses the wire once and not for each of its recipients.</summary>
    private StoredMessage? _shared;

    public async ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var claimed = new List<LeasedWork>();
        while (true)
        {
            var look = _front.Begin();
            var found = await LookAsync(request, look, claimed, cancellationToken).ConfigureAwait(false);
            if (found.SomeWereWithdrawn)
            {
                await promoter.WithdrawLostAsync(cancellationToken).ConfigureAwait(false);
            }

            var promoted = found.SomeAreDue ? await promoter.PromoteAsync(cancellationToken).ConfigureAwait(false) : 0;
            var mayBeMore = !look.IsFromFront || promoted > 0 || (found.SomeAreDue && found.Count > 0);
            if (claimed.Count >= request.Max || !mayBeMore)
            {
                return claimed;
            }
        }
    }

    private async ValueTask<ClaimHeader> LookAsync(ClaimRequest request, ClaimLook look, List<LeasedWork> claimed, CancellationToken cancellationToken)
    {
        try
        {
            return await ClaimAsync(request, look, claimed, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _front.Abandon();
            throw;
        }
    }

    private async ValueTask<ClaimHeader> ClaimAsync(ClaimRequest request, ClaimLook look, List<LeasedWork> claimed, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand(Statement, connection);
        await using var __ = command.ConfigureAwait(false);
        var known = Volatile.Read(ref _shared);
        var most = request.Max - claimed.Count;
        Add(command, request, most, look, known);

        // Once it runs it is not given up: what it claimed would be held until its leases end.
        var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        await using var ___ = reader.ConfigureAwait(false);
        await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        var reading = new ClaimReading(reader, known);
        var header = reading.ReadHeader();
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            reading.ReadWork();
        }

        var last = reading.Complete(claimed);
        for (short lane = 0; lane < last.Length; lane++)
        {
            turns.Claimed(lane, last[lane]);
        }

        Volatile.Write(ref _shared, reading.Count > 0 ? reading.Shared : null);
        _front.End(look, last, reading.Count == most, header.At, header.SomeAreDue);
        return header with { Count = reading.Count };
    }

    private static void Add(NpgsqlCommand command, ClaimRequest request, int most, ClaimLook look, StoredMessage? known)
    {
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = request.LeaseFor.Ticks });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. request.Reserved] });
        command.Parameters.Add(new NpgsqlParameter<short[]?>
        {
            TypedValue = request.Kinds.Count == 0 ? null : [.. request.Kinds.Select(kind => (short)kind)],
            DataTypeName = "smallint[]",
        });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = look.Fronts });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = look.Seen });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = known?.Id.Value ?? Guid.Empty });
    }
}

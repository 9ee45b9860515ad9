using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>
/// Claims work: one statement as a rule, and a second one for deliveries that this process does not know. When waits have ended, they are made ready and
/// the rest is claimed again. Safe for concurrent use.
/// </summary>
internal sealed class Claimer(Database database, Turns turns, Promoter promoter, FreshContents fresh, TimeProvider time)
{
    private readonly ClaimFront _front = new(turns.Commits, time);
    private readonly ContentReading _contents = new();
    private readonly ClaimTrouble _trouble = new();

    public async ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        _trouble.Tell();
        var claimed = new List<LeasedWork>();
        try
        {
            while (await TryAddAsync(request, claimed, cancellationToken).ConfigureAwait(false))
            {
            }
        }
        catch (OperationCanceledException) when (claimed.Count > 0 && cancellationToken.IsCancellationRequested)
        {
            // What is claimed is handed out, or nobody would do it before its leases end. Who is told to stop hands it back.
        }
        catch (Exception exception) when (claimed.Count > 0)
        {
            _trouble.Note(exception);
        }

        if (claimed.Count == 0)
        {
            _trouble.Tell();
        }

        return claimed;
    }

    /// <summary>Looks for more.</summary>
    /// <returns>Whether to look once more.</returns>
    private async ValueTask<bool> TryAddAsync(ClaimRequest request, List<LeasedWork> claimed, CancellationToken cancellationToken)
    {
        var found = await LookAsync(request, claimed, cancellationToken).ConfigureAwait(false);
        if (found.SomeWereWithdrawn)
        {
            await promoter.WithdrawLostAsync(cancellationToken).ConfigureAwait(false);
        }

        var promoted = found.SomeAreDue ? await promoter.PromoteAsync(cancellationToken).ConfigureAwait(false) : 0;
        var mayBeMore = !found.IsFromFront || promoted > 0 || (found.SomeAreDue && found.Count > 0);
        return claimed.Count < request.Max && mayBeMore;
    }

    private async ValueTask<ClaimHeader> LookAsync(ClaimRequest request, List<LeasedWork> claimed, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var look = _front.Begin();
        var most = request.Max - claimed.Count;
        var rows = new List<ClaimedRow>();
        ClaimHeader header;
        try
        {
            header = await ClaimAsync(connection, request, most, look, rows).ConfigureAwait(false);
        }
        catch
        {
            _front.Abandon();
            throw;
        }

        rows.Sort(ClaimedRow.CompareOrder);
        _front.End(look, Note(rows), rows.Count == most, header.At, header.SomeAreDue);
        await AddAsync(connection, rows, claimed).ConfigureAwait(false);
        return header with { Count = rows.Count, IsFromFront = look.IsFromFront };
    }

    /// <summary>Claims. Once it runs it is not given up: what it claimed would be held until its leases end.</summary>
    private static async ValueTask<ClaimHeader> ClaimAsync(NpgsqlConnection connection, ClaimRequest request, int most, ClaimLook look, List<ClaimedRow> into)
    {
        var command = new NpgsqlCommand(ClaimReading.Statement, connection);
        await using var _ = command.ConfigureAwait(false);
        short[]? kinds = request.Kinds.Count == 0 ? null : [.. request.Kinds.Select(kind => (short)kind)];
        command.Parameters.Add(Query.With(most));
        command.Parameters.Add(Query.With(request.LeaseFor.Ticks));
        command.Parameters.Add(Query.With<int[]>([.. request.Reserved]));
        command.Parameters.Add(new NpgsqlParameter<short[]?> { TypedValue = kinds, DataTypeName = "smallint[]" });
        command.Parameters.Add(Query.With(look.Fronts));
        command.Parameters.Add(Query.With(look.Seen));
        var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        var header = ClaimReading.ReadHeader(reader);
        while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            into.Add(ClaimReading.ReadRow(reader));
        }

        return header;
    }

    /// <summary>Moves the lanes' clocks on.</summary>
    /// <returns>The last turn of each lane; -1 where nothing was claimed.</returns>
    private long[] Note(List<ClaimedRow> rows)
    {
        var last = new long[Turns.Lanes];
        last.AsSpan().Fill(-1);
        foreach (var row in rows)
        {
            last[row.Lane] = row.Turn;
        }

        for (short lane = 0; lane < last.Length; lane++)
        {
            turns.Claimed(lane, last[lane]);
        }

        return last;
    }

    /// <summary>Makes leases of the rows, in their order.</summary>
    private async ValueTask AddAsync(NpgsqlConnection connection, List<ClaimedRow> rows, List<LeasedWork> claimed)
    {
        if (rows.Count == 0)
        {
            _contents.Forget();
            return;
        }

        var records = new Dictionary<Guid, DeliveryRecord>(rows.Count);
        List<ClaimedRow>? unknown = null;
        foreach (var row in rows)
        {
            if (row.Item is not null)
            {
                continue;
            }

            if (fresh.Take(row) is { } record)
            {
                records.Add(row.Lease.WorkId, record);
            }
            else
            {
                (unknown ??= []).Add(row);
            }
        }

        if (unknown is not null)
        {
            await _contents.AddAsync(connection, unknown, records).ConfigureAwait(false);
        }

        foreach (var row in rows)
        {
            if (records.TryGetValue(row.Lease.WorkId, out var record) || row.Item is not null)
            {
                claimed.Add(row.With(record));
            }
            else
            {
                _trouble.NoteGone(row.Lease.WorkId);
            }
        }
    }
}

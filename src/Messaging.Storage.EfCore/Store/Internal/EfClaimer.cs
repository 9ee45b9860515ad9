using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Claims work by lease: what has become due is made ready, then the next turns of each lane are taken, of what is ready and of what was lost.</summary>
internal sealed class EfClaimer(EfDatabase database, Turns turns)
{
    private const int Page = 4096;
    private const int Lanes = 4;

    private readonly ClaimTrouble _trouble = new();

    public async ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        _trouble.Tell();
        await WithdrawLostAsync(cancellationToken).ConfigureAwait(false);

        // Once it is claimed it is handed out: what is claimed and forgotten would be held until its lease ends.
        cancellationToken.ThrowIfCancellationRequested();
        var claimed = await database.WriteAsync((context, now) => TryAsync(context, now, request), CancellationToken.None).ConfigureAwait(false);
        if (claimed.Count == 0)
        {
            _trouble.Tell();
        }

        return claimed;
    }

    /// <summary>Makes ready what has become due, as every claim does first.</summary>
    public async ValueTask PromoteAsync(CancellationToken cancellationToken) => await database.WriteAsync(
        async (context, now) =>
        {
            await PromoteAsync(context, now).ConfigureAwait(false);
            return 0;
        },
        cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<LeasedWork>> TryAsync(MessagingDbContext context, long now, ClaimRequest request)
    {
        await PromoteAsync(context, now).ConfigureAwait(false);
        await context.SaveChangesAsync().ConfigureAwait(false);
        var rows = await PickAsync(context, now, request).ConfigureAwait(false);
        rows.FindAll(row => row.State == (short)WorkState.Leased).ForEach(Placing.Forget);
        var before = rows.ConvertAll(Copy);

        // One number for the claim, greater than any before: work that is done and comes back begins no new count.
        var fence = rows.Count == 0 ? 0 : (await EfDatabase.PlacesAsync(context, 1, CancellationToken.None).ConfigureAwait(false))[0];
        foreach (var row in rows)
        {
            turns.Claimed(row.Lane, row.Turn);
            (row.State, row.ClaimedAt, row.LeaseUntil) = ((short)WorkState.Leased, now, now + request.LeaseFor.Ticks);
            row.Claims++;
            row.Fence = fence;
        }

        return await HandOutAsync(context, rows, before).ConfigureAwait(false);
    }

    private async Task PromoteAsync(MessagingDbContext context, long now)
    {
        var due = await context.Work.AsTracking()
            .Where(row => row.Stands == WorkStands.ByTime && row.DueAt <= now).OrderBy(row => row.DueAt).ThenBy(row => row.Place).Take(Page)
            .ToListAsync().ConfigureAwait(false);
        foreach (var row in due)
        {
            (row.State, row.Turn) = ((short)WorkState.Ready, turns.Next(row.Lane, row.Tenant));
        }
    }

    /// <summary>Takes each lane's reserve, then what is left, Critical first.</summary>
    private static async Task<List<WorkRow>> PickAsync(MessagingDbContext context, long now, ClaimRequest request)
    {
        short[] kinds = [.. request.Kinds.Select(kind => (short)kind)];
        var lanes = new List<WorkRow>[Lanes];
        var rest = request.Max;
        var shares = new int[Lanes];
        for (short lane = 0; lane < Lanes; lane++)
        {
            lanes[lane] = await ReadyAsync(context, now, lane, kinds, request.Max).ConfigureAwait(false);
            shares[lane] = Math.Min(rest, Math.Min(lanes[lane].Count, lane < request.Reserved.Count ? request.Reserved[lane] : 0));
            rest -= shares[lane];
        }

        var picked = new List<WorkRow>(request.Max);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var more = Math.Min(rest, lanes[lane].Count - shares[lane]);
            rest -= more;
            picked.AddRange(lanes[lane].Take(shares[lane] + more));
        }

        return picked;
    }

    private static Task<List<WorkRow>> ReadyAsync(MessagingDbContext context, long now, short lane, short[] kinds, int most)
    {
        var ready = context.Work.AsTracking().Where(row => row.Stands == WorkStands.InLane && row.Lane == lane && (row.State == 1 || row.LeaseUntil <= now));
        ready = kinds.Length == 0 ? ready : ready.Where(row => kinds.Contains(row.Kind));
        return ready.OrderBy(row => row.Turn).ThenBy(row => row.Place).Take(most).ToListAsync();
    }

    private async Task<IReadOnlyList<LeasedWork>> HandOutAsync(MessagingDbContext context, List<WorkRow> rows, List<WorkRow> before)
    {
        Guid[] ids = [.. rows.Where(row => row.Kind == 0).Select(row => row.Id)];
        var deliveries = ids.Length == 0 ? [] : await context.Join(context.Deliveries.Where(row => ids.Contains(row.Id)))
            .ToDictionaryAsync(row => row.Delivery.Id).ConfigureAwait(false);
        var leased = new List<LeasedWork>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var lease = new LeaseToken((WorkKind)rows[i].Kind, rows[i].Id, rows[i].Fence);
            Joined? delivery = null;
            if (rows[i].Kind == 0 && !deliveries.TryGetValue(rows[i].Id, out delivery))
            {
                _trouble.NoteGone(rows[i].Id);
                continue;
            }

            leased.Add(new LeasedWork(lease, Codes.ToInstant(rows[i].LeaseUntil), rows[i].Claims, delivery?.ToClaimed(before[i]), delivery is null ? ToItem(before[i]) : null));
        }

        return leased;
    }

    private static WorkItem ToItem(WorkRow row) => new()
    {
        Id = row.Id,
        Kind = (WorkKind)row.Kind,
        Tenant = new TenantId(row.Tenant),
        Priority = (MessagePriority)row.Lane,
        DueAt = Codes.ToInstant(row.DueAt),
        Payload = row.Payload,
    };

    private static WorkRow Copy(WorkRow row) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        Tenant = row.Tenant,
        Lane = row.Lane,
        DueAt = row.DueAt,
        Since = row.Since,
        Call = row.Call,
        CancelRequested = row.CancelRequested,
        Payload = row.Payload,
    };

    /// <summary>Withdraws what was cancelled in the hands of an owner whose lease has ended.</summary>
    private async ValueTask WithdrawLostAsync(CancellationToken cancellationToken)
    {
        var lost = await database.ReadAsync(
            (context, now) => context.Work.Where(row => row.Stands == WorkStands.Withdrawn && row.LeaseUntil <= now && row.Kind == 0)
                .OrderBy(row => row.Place).Take(500).Select(row => row.Id).ToListAsync(cancellationToken),
            cancellationToken).ConfigureAwait(false);
        if (lost.Count == 0)
        {
            return;
        }

        await database.WriteAsync(
            async (context, now) =>
            {
                var keys = new CommitKeys([], []);
                keys.Deliveries.UnionWith(lost);
                var set = new WorkingSet(now, turns);
                await new EfCommitLoader(context, keys, set).LoadAsync(cancellationToken).ConfigureAwait(false);
                var rules = new ChangeRules(set);
                foreach (var work in lost.Select(set.WorkOf).Where(work => work?.State == (short)WorkState.Leased && work.LeaseUntil <= now))
                {
                    rules.Settling.Lose(work!);
                }

                await new EfCommitWriter(context, set).WriteAsync(cancellationToken).ConfigureAwait(false);
                return 0;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>
/// Claims rows for a while, in words that every database understands. A process that dies keeps its rows until the claim ends; two that claim
/// the same row after that do no harm, for a message is taken in once under its id.
/// </summary>
internal sealed class ClaimingReader(TimeProvider time) : IIntakeReader
{
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(1);

    public async ValueTask<int> DrainAsync(
        DbContext context,
        IntakeClaim claim,
        Func<IReadOnlyList<StagedMessage>, CancellationToken, ValueTask<IReadOnlyList<MessageId>>> takeIn,
        CancellationToken cancellationToken)
    {
        var rows = await ClaimAsync(context, claim, cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return 0;
        }

        IReadOnlyList<MessageId> done = [];
        try
        {
            done = await takeIn(rows.ConvertAll(row => row.ToMessage()), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(context, rows, done).ConfigureAwait(false);
        }

        return rows.Count;
    }

    private async ValueTask<List<IntakeRow>> ClaimAsync(DbContext context, IntakeClaim claim, CancellationToken cancellationToken)
    {
        var (token, now) = (Guid.NewGuid(), time.GetUtcNow().UtcTicks);
        var except = claim.Except.Select(id => id.Value).ToArray();
        var free = await context.Set<IntakeRow>()
            .Where(row => row.Format <= claim.Format && row.ClaimedUntil <= now && !except.Contains(row.Id))
            .OrderBy(row => row.Id).Take(claim.Max).Select(row => row.Id)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (free.Count == 0)
        {
            return [];
        }

        // What is claimed from here on is taken in or let go of, whoever gives up: it would be held until the claim ends.
        cancellationToken.ThrowIfCancellationRequested();
        var until = now + s_claim.Ticks;
        await context.Set<IntakeRow>()
            .Where(row => free.Contains(row.Id) && row.ClaimedUntil <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Claim, token).SetProperty(row => row.ClaimedUntil, until), CancellationToken.None).ConfigureAwait(false);
        return await context.Set<IntakeRow>().AsNoTracking()
            .Where(row => free.Contains(row.Id) && row.Claim == token).OrderBy(row => row.Id)
            .ToListAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Removes what is dealt with, and lets go of the rest.</summary>
    private static async ValueTask EndAsync(DbContext context, List<IntakeRow> rows, IReadOnlyList<MessageId> done)
    {
        var token = rows[0].Claim;
        var ids = done.Select(id => id.Value).ToArray();
        if (ids.Length > 0)
        {
            await context.Set<IntakeRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(CancellationToken.None).ConfigureAwait(false);
        }

        if (ids.Length < rows.Count)
        {
            var left = rows.Select(row => row.Id).Except(ids).ToArray();
            await context.Set<IntakeRow>()
                .Where(row => left.Contains(row.Id) && row.Claim == token)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ClaimedUntil, 0L), CancellationToken.None).ConfigureAwait(false);
        }
    }
}

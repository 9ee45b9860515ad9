using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Prolongs claims, waits for work, and counts it.</summary>
internal sealed class EfQueue(EfDatabase database, Func<TimeSpan> poll, TimeProvider time)
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes those who wait in this process.</summary>
    public void Pulse() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public async ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. leases.Select(lease => lease.WorkId)];
        var held = await database.WriteAsync(
            async (context, now) =>
            {
                var rows = await context.Work.AsTracking().Where(row => row.State == 2 && ids.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
                var tokens = new HashSet<LeaseToken>(leases);
                rows.RemoveAll(row => !tokens.Contains(TokenOf(row)));
                rows.ForEach(row => row.LeaseUntil = now + leaseFor.Ticks);
                return rows.ConvertAll(TokenOf).ToHashSet();
            },
            cancellationToken).ConfigureAwait(false);
        return [.. leases.Where(held.Contains)];
    }

    public async ValueTask WaitAsync(IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            var (isThere, wait) = await database.ReadAsync((context, now) => LookAsync(context, now, kinds, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (isThere)
            {
                return;
            }

            try
            {
                await next.WaitAsync(wait, time, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (TimeoutException)
            {
                // Nobody told of work, so look again.
            }
        }
    }

    public ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async (context, now) =>
        {
            var counts = await context.Work.GroupBy(row => row.State == 1 || (row.State == 0 && row.DueAt <= now) || (row.State == 2 && row.LeaseUntil <= now) ? 1 : (int)row.State)
                .Select(group => new
                {
                    Stands = group.Key,
                    Count = group.LongCount(),
                    Due = (long?)group.Min(row => row.DueAt),
                    Ends = (long?)group.Min(row => row.LeaseUntil),
                })
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            long Of(int stands) => counts.Find(entry => entry.Stands == stands)?.Count ?? 0;
            var due = counts.Find(entry => entry.Stands == 0)?.Due;
            var ends = counts.Find(entry => entry.Stands == 2)?.Ends;
            return new QueueDepth(
                Of(1), Of(2), Of(0), Of(3), Codes.ToInstantOrNull(due is null || ends < due ? ends ?? due : due), Codes.ToInstantOrNull(counts.Find(entry => entry.Stands == 1)?.Due));
        },
        cancellationToken);

    private static LeaseToken TokenOf(WorkRow row) => new((WorkKind)row.Kind, row.Id, row.Fence);

    private async Task<(bool IsThere, TimeSpan Wait)> LookAsync(MessagingDbContext context, long now, IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken)
    {
        short[] wanted = [.. kinds.Select(kind => (short)kind)];
        var work = wanted.Length == 0 ? context.Work : context.Work.Where(row => wanted.Contains(row.Kind));
        if (await work.AnyAsync(row => row.Stands == WorkStands.InLane && (row.State == 1 || row.LeaseUntil <= now), cancellationToken).ConfigureAwait(false)
            || await work.AnyAsync(row => row.Stands == WorkStands.ByTime && row.DueAt <= now, cancellationToken).ConfigureAwait(false)
            || await work.AnyAsync(row => row.Stands == WorkStands.Withdrawn && row.LeaseUntil <= now, cancellationToken).ConfigureAwait(false))
        {
            return (true, default);
        }

        // Nothing of these kinds is ready: what stands in their lanes is leased.
        var due = await work.Where(row => row.Stands == WorkStands.ByTime).MinAsync(row => (long?)row.DueAt, cancellationToken).ConfigureAwait(false);
        var ends = await work.Where(row => row.Stands == WorkStands.InLane || row.Stands == WorkStands.Withdrawn).MinAsync(row => (long?)row.LeaseUntil, cancellationToken).ConfigureAwait(false);
        return (false, Wait(Math.Min(due ?? long.MaxValue, ends ?? long.MaxValue) - now));
    }

    /// <summary>A poll, a little sooner or later than others', but not after the next wait that ends.</summary>
    private TimeSpan Wait(long untilNext)
    {
        var wait = poll() * (0.8 + (0.4 * Random.Shared.NextDouble()));
        return untilNext < wait.Ticks ? TimeSpan.FromTicks(Math.Max(untilNext, TimeSpan.TicksPerMillisecond)) : wait;
    }
}

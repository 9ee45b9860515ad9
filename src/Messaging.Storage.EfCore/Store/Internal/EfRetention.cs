using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Takes away what nobody needs any more: deliveries that ended long ago, keys whose window is over, buckets that are full.</summary>
internal sealed class EfRetention(EfDatabase database, Func<TimeSpan> keepHistoryFor)
{
    private const int Page = 500;

    /// <summary>Does it once, a page at a time.</summary>
    /// <returns>How many deliveries were taken away.</returns>
    public async ValueTask<int> RunAsync(CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async (context, now) => await context.Idempotency.Where(row => row.KeepUntil <= now).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false)
                + await context.Buckets.Where(row => row.Arrival <= now).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        var (sum, taken) = (0, Page);
        while (taken == Page)
        {
            taken = await database.WriteAsync((context, now) => DeliveriesAsync(context, now - keepHistoryFor().Ticks, cancellationToken), cancellationToken).ConfigureAwait(false);
            sum += taken;
        }

        await database.WriteAsync(
            (context, now) =>
            {
                var before = now - keepHistoryFor().Ticks;
                return context.Messages.Where(row => row.AcceptedAt <= before && !context.Deliveries.Any(delivery => delivery.MessageId == row.Id))
                    .ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
        return sum;
    }

    private static async Task<int> DeliveriesAsync(MessagingDbContext context, long before, CancellationToken cancellationToken)
    {
        var ended = await context.States.AsNoTracking()
            .Where(row => row.SettledAt != null && row.SettledAt <= before && !context.Work.Any(work => work.Kind == 0 && work.Id == row.Id))
            .OrderBy(row => row.Id).Take(Page)
            .Join(context.Deliveries, state => state.Id, delivery => delivery.Id, (state, delivery) => new Ended(
                state.Id, delivery.Tenant, delivery.AcceptedAt - (delivery.AcceptedAt % TimeSpan.TicksPerHour), delivery.Kind, state.Account ?? delivery.Channel, state.Status))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        Guid[] ids = [.. ended.Select(row => row.Id)];
        if (ids.Length == 0)
        {
            return 0;
        }

        await CountAsync(context, ended, cancellationToken).ConfigureAwait(false);
        await context.Timeline.Where(row => ids.Contains(row.DeliveryId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await context.Receipts.Where(row => ids.Contains(row.DeliveryId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await context.EventKeys.Where(row => ids.Contains(row.DeliveryId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await context.States.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await context.Deliveries.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        return ids.Length;
    }

    /// <summary>What goes is still counted.</summary>
    private static async Task CountAsync(MessagingDbContext context, List<Ended> ended, CancellationToken cancellationToken)
    {
        string[] tenants = [.. ended.Select(row => row.Tenant).Distinct()];
        long[] hours = [.. ended.Select(row => row.Hour).Distinct()];
        var known = await context.Statistics.AsTracking().Where(row => tenants.Contains(row.Tenant) && hours.Contains(row.Hour))
            .ToDictionaryAsync(row => (row.Tenant, row.Hour, row.Kind, row.Account, row.Status), cancellationToken).ConfigureAwait(false);
        foreach (var group in ended.GroupBy(row => (row.Tenant, row.Hour, row.Kind, row.Account, row.Status)))
        {
            if (!known.TryGetValue(group.Key, out var row))
            {
                var (tenant, hour, kind, account, status) = group.Key;
                context.Add(row = new StatisticsRow { Tenant = tenant, Hour = hour, Kind = kind, Account = account, Status = status });
            }

            row.Count += group.Count();
        }
    }

    private sealed record Ended(Guid Id, string Tenant, long Hour, string Kind, string Account, short Status);
}

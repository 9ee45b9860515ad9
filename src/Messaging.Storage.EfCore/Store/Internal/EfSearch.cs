using System.Globalization;
using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Lists and counts deliveries.</summary>
internal sealed class EfSearch(EfDatabase database)
{
    private const string Prefix = "e";

    public ValueTask<Page<DeliverySummary>> QueryAsync(DeliveryQuery query, CancellationToken cancellationToken)
    {
        var before = query.Cursor is { } cursor ? Read(cursor) : long.MaxValue;
        return database.ReadAsync(
            async (context, now) =>
            {
                var rows = await Filter(Rows(context, Deliveries(context, query, before), now), query)
                    .OrderByDescending(row => row.Place).Take(query.Limit + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
                var next = rows.Count > query.Limit ? Prefix + rows[query.Limit - 1].Place.ToString("x", CultureInfo.InvariantCulture) : null;
                return new Page<DeliverySummary>([.. rows.Take(query.Limit).Select(row => row.ToSummary())], next);
            },
            cancellationToken);
    }

    public ValueTask<DeliveryStatistics> CountAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        var (from, to) = (ToHour(query.From, 0), ToHour(query.To, long.MaxValue));
        return database.ReadAsync(
            async (context, now) =>
            {
                var deliveries = context.Deliveries.Where(row => row.Tenant == query.Tenant.Value && row.AcceptedAt >= from && row.AcceptedAt < to);
                deliveries = query.MessageId is { } message ? deliveries.Where(row => row.MessageId == message.Value) : deliveries;
                var cells = await Rows(context, deliveries, now)
                    .GroupBy(row => new { Hour = row.AcceptedAt - (row.AcceptedAt % TimeSpan.TicksPerHour), row.Kind, row.Account, row.Status })
                    .Select(group => new Cell(group.Key.Hour, group.Key.Kind, group.Key.Account, group.Key.Status, group.LongCount()))
                    .ToListAsync(cancellationToken).ConfigureAwait(false);
                if (query.MessageId is null)
                {
                    cells.AddRange(await context.Statistics.Where(row => row.Tenant == query.Tenant.Value && row.Hour >= from && row.Hour < to)
                        .Select(row => new Cell(row.Hour, row.Kind, row.Account, row.Status, row.Count)).ToListAsync(cancellationToken).ConfigureAwait(false));
                }

                return ToStatistics(cells);
            },
            cancellationToken);
    }

    private static IQueryable<DeliveryRow> Deliveries(MessagingDbContext context, DeliveryQuery query, long before)
    {
        var rows = context.Deliveries.Where(row => row.Tenant == query.Tenant.Value && row.Place < before);
        rows = query.MessageId is { } message ? rows.Where(row => row.MessageId == message.Value) : rows;
        rows = query.Reference is { } reference ? rows.Where(row => row.Reference == reference) : rows;
        rows = query.ContactId is { } contact ? rows.Where(row => row.ContactId == contact.Value) : rows;
        rows = query.Kind is { } kind ? rows.Where(row => row.Kind == kind) : rows;
        rows = query.From is { } from ? rows.Where(row => row.AcceptedAt >= from.UtcTicks) : rows;
        rows = query.To is { } to ? rows.Where(row => row.AcceptedAt < to.UtcTicks) : rows;
        if (query.Address is { } address)
        {
            var hash = Codes.HashOf(query.Tenant.Value, address.Kind, address.Value);
            rows = rows.Where(row => row.AddressHash == hash && row.Kind == address.Kind && row.Address == address.Value);
        }

        return rows;
    }

    private static IQueryable<SummaryRow> Filter(IQueryable<SummaryRow> rows, DeliveryQuery query)
    {
        int[] statuses = [.. query.Statuses.Select(status => (int)status)];
        rows = statuses.Length > 0 ? rows.Where(row => statuses.Contains(row.Status)) : rows;
        rows = query.Account is { } account ? rows.Where(row => row.Account == account) : rows;
        rows = query.Category is { } category ? rows.Where(row => row.Category == category) : rows;
        rows = query.Template is { } template ? rows.Where(row => row.Template == template) : rows;
        return query.DeadLetters ? rows.Where(row => row.DeadLetter) : rows;
    }

    /// <summary>Joins; the status is as <see cref="StatusCode.Resolve"/> makes it.</summary>
    private static IQueryable<SummaryRow> Rows(MessagingDbContext context, IQueryable<DeliveryRow> deliveries, long now) =>
        from delivery in deliveries
        join message in context.Messages on delivery.MessageId equals message.Id
        join s in context.States on delivery.Id equals s.Id into states
        from state in states.DefaultIfEmpty()
        join w in context.Work.Where(work => work.Kind == 0) on delivery.Id equals w.Id into works
        from work in works.DefaultIfEmpty()
        select new SummaryRow
        {
            Place = delivery.Place,
            Id = delivery.Id,
            MessageId = delivery.MessageId,
            Tenant = delivery.Tenant,
            Kind = delivery.Kind,
            Account = state.Account ?? delivery.Channel,
            Category = message.Category,
            Priority = delivery.Priority,
            Template = message.Template,
            ContactId = delivery.ContactId,
            Reference = delivery.Reference,
            Status = state != null && state.Status >= 0 ? state.Status
                : work != null && work.State == 2 ? 2
                : state != null && state.Status == -2 ? 3
                : work != null && work.State == 0 && work.DueAt > now && (state == null || state.TotalAttempts == 0) ? 0
                : 1,
            WhyCode = state.WhyCode,
            WhyText = state.WhyText,
            WhyUntil = state.WhyUntil,
            Attempts = state == null ? 0 : state.TotalAttempts,
            AcceptedAt = delivery.AcceptedAt,
            DueAt = work == null ? null : work.State == 2 ? work.LeaseUntil : work.DueAt,
            SettledAt = state.SettledAt,
            ProviderId = state.ProviderId,
            DeadLetter = state != null && state.DeadLetter,
        };

    private static long Read(string cursor) =>
        cursor.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(cursor.AsSpan(Prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var place) && place > 0
            ? place
            : throw new ArgumentException("The cursor was not made by this store. Pass the Next of an earlier page, unchanged.", nameof(cursor));

    private static long ToHour(DateTimeOffset? at, long otherwise) => at is { } instant ? instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerHour) : otherwise;

    private static DeliveryStatistics ToStatistics(List<Cell> cells) => new(
        cells.Sum(cell => cell.Count),
        cells.GroupBy(cell => (DeliveryStatus)cell.Status).ToDictionary(group => group.Key, group => group.Sum(cell => cell.Count)),
        [.. cells.GroupBy(cell => (cell.Kind, cell.Account, cell.Status))
            .Select(group => new AccountCount(group.Key.Kind, group.Key.Account, (DeliveryStatus)group.Key.Status, group.Sum(cell => cell.Count)))
            .OrderBy(count => count.Kind, StringComparer.Ordinal).ThenBy(count => count.Account, StringComparer.Ordinal).ThenBy(count => count.Status)],
        [.. cells.GroupBy(cell => (cell.Hour, cell.Status)).OrderBy(group => group.Key)
            .Select(group => new HourCount(Codes.ToInstant(group.Key.Hour), (DeliveryStatus)group.Key.Status, group.Sum(cell => cell.Count)))]);

    private sealed record Cell(long Hour, string Kind, string Account, int Status, long Count);
}

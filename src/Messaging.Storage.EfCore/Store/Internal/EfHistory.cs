using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Reads messages, deliveries and what happened to them.</summary>
internal sealed class EfHistory(EfDatabase database)
{
    public ValueTask<StoredMessage?> MessageAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken) => database.ReadAsync(
        async (context, _) => await context.Messages.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value && row.Tenant == tenant.Value, cancellationToken).ConfigureAwait(false)
            is { } row ? AcceptedRows.ToMessage(row) : null,
        cancellationToken);

    public async ValueTask<DeliveryRecord?> DeliveryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken)
    {
        var record = await FindAsync(id.Value, cancellationToken).ConfigureAwait(false);
        return record?.Delivery.Tenant == tenant ? record : null;
    }

    public async ValueTask<DeliveryRecord?> ForReceiptAsync(DeliveryId? id, string account, string? providerId, CancellationToken cancellationToken)
    {
        var record = id is { } known ? await FindAsync(known.Value, cancellationToken).ConfigureAwait(false) : null;
        if (record is not null || providerId is null)
        {
            return record;
        }

        var found = await database.ReadAsync(
            async (context, _) =>
            {
                var current = await context.States.Where(row => row.ProviderId == providerId && row.ProviderAccount == account)
                    .OrderByDescending(row => row.ProviderPlace).Select(row => new { row.Id, Place = row.ProviderPlace ?? 0 }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
                var former = await context.Receipts.Where(row => row.ProviderId == providerId && row.Account == account)
                    .OrderByDescending(row => row.Place).Select(row => new { Id = row.DeliveryId, row.Place }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
                return current is null || former?.Place > current.Place ? former : current;
            },
            cancellationToken).ConfigureAwait(false);
        return found is null ? null : await FindAsync(found.Id, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<TimelineEntry>> TimelineAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<TimelineEntry>>(
        async (context, _) =>
        {
            var accepted = await context.Deliveries.Where(row => row.Id == id.Value && row.Tenant == tenant.Value)
                .Select(row => (long?)row.AcceptedAt).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (accepted is not { } at)
            {
                return [];
            }

            var state = await context.States.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken).ConfigureAwait(false);
            var rows = await context.Timeline.AsNoTracking().Where(row => row.DeliveryId == id.Value)
                .OrderBy(row => row.At).ThenBy(row => row.Place).ToListAsync(cancellationToken).ConfigureAwait(false);
            IEnumerable<TimelineRow> call = state is null ? [] : Storying.CallEntries(state);
            TimelineEntry[] entries = [new(Codes.ToInstant(at), TimelineType.Accepted), .. call.Concat(rows).Select(ToEntry)];
            return [.. entries.OrderBy(entry => entry.At)];
        },
        cancellationToken);

    private static TimelineEntry ToEntry(TimelineRow row) => new(Codes.ToInstant(row.At), (TimelineType)row.Type)
    {
        Event = (MessageEventType)row.Event,
        Attempt = row.Attempt,
        Account = row.Account,
        Elapsed = row.Took is { } took ? TimeSpan.FromTicks(took) : null,
        ProviderCode = row.ProviderCode,
        ProviderText = row.ProviderText,
        Why = Codes.ToWhy(row.WhyCode, row.WhyText, row.WhyUntil),
    };

    private ValueTask<DeliveryRecord?> FindAsync(Guid id, CancellationToken cancellationToken) => database.ReadAsync(
        async (context, now) => (await context.Join(context.Deliveries.Where(row => row.Id == id)).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false))?.ToRecord(now),
        cancellationToken);
}

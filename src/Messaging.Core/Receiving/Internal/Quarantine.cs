using Messaging.Storage;

namespace Messaging.Receiving;

/// <summary>Reads the reports that found no delivery, for history.</summary>
internal sealed class Quarantine(IEntityStore entities)
{
    /// <summary>How long they are kept, from when they were given up.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(90);

    /// <summary>Lists them, newest first.</summary>
    public async ValueTask<Page<QuarantinedReport>> ListAsync(TenantId? tenant, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var query = new EntityQuery
        {
            Tenant = tenant ?? EntitySchema.SharedTenant, Index = QuarantineEntry.ByTime, Descending = true, Cursor = cursor, Limit = limit,
        };
        var page = await entities.FindAsync<QuarantineEntry>(query, cancellationToken).ConfigureAwait(false);
        return new Page<QuarantinedReport>([.. page.Items.Select(e => new QuarantinedReport(e.Value.Event, e.Value.ReceivedAt))], page.Next);
    }
}

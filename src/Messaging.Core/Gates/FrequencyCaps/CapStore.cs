using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>Keeps what was counted, and clears away what counts no more.</summary>
internal sealed class CapStore(IEntityStore entities, IMessageStore store)
{
    private const int PurgePage = 500;
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromMinutes(10);

    private long _purgeAt = long.MinValue;

    /// <summary>Reads the windows of many groups, in one query.</summary>
    public async ValueTask<IReadOnlyDictionary<(TenantId Tenant, string Key), Versioned<CapWindow>>> ReadAsync(
        IReadOnlyCollection<CapGroup> groups, CancellationToken cancellationToken)
    {
        var tenants = groups.Select(group => group.Tenant).Distinct().Take(2).ToList();
        var query = new EntityQuery
        {
            Tenant = tenants.Count == 1 ? tenants[0] : null,
            Index = CapWindow.ByKey,
            Values = [.. groups.Select(group => group.Key)],
            Limit = groups.Count,
        };
        var windows = new Dictionary<(TenantId, string), Versioned<CapWindow>>();
        Page<Versioned<CapWindow>> page;
        do
        {
            page = await entities.FindAsync<CapWindow>(query, cancellationToken).ConfigureAwait(false);
            foreach (var window in page.Items)
            {
                windows[(window.Value.Tenant, window.Value.Key)] = window;
            }

            query = query with { Cursor = page.Next };
        }
        while (page.Next is not null);

        return windows;
    }

    /// <summary>Writes windows, each if nobody else did since it was read.</summary>
    public async ValueTask<IReadOnlyList<bool>> WriteAsync(IReadOnlyList<EntityChange> windows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var results = await store.CommitAsync([.. windows.Select(window => new Change { Entities = [window] })], cancellationToken).ConfigureAwait(false);
        await PurgeAsync(now, cancellationToken).ConfigureAwait(false);
        return [.. results.Select(result => result.Status == ChangeStatus.Applied)];
    }

    private async ValueTask PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = Volatile.Read(ref _purgeAt);
        if (now.UtcTicks < due || Interlocked.CompareExchange(ref _purgeAt, (now + PurgeEvery).UtcTicks, due) != due)
        {
            return;
        }

        while (await PurgePageAsync(now, cancellationToken).ConfigureAwait(false) == PurgePage)
        {
        }
    }

    private async ValueTask<int> PurgePageAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var query = new EntityQuery { Index = CapWindow.ByEnd, Limit = PurgePage };
        var oldest = await entities.FindAsync<CapWindow>(query, cancellationToken).ConfigureAwait(false);
        var deletes = oldest.Items.Where(window => window.Value.Ends <= now)
            .Select(window => new Change { Entities = [EntityChange.Delete<CapWindow>(window.Value.Tenant, window.Value.Key, window.Version)] })
            .ToList();
        if (deletes.Count > 0)
        {
            await store.CommitAsync(deletes, cancellationToken).ConfigureAwait(false);
        }

        return deletes.Count;
    }
}

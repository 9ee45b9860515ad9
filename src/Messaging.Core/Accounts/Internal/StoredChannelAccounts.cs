using Messaging.Storage;

namespace Messaging.Channels;

/// <summary>Accounts in the suite's store. Asked after the sources that the host registered.</summary>
internal sealed class StoredChannelAccounts(IEntityStore entities) : IChannelAccounts, ITenantAccountsByKind
{
    public async ValueTask<ChannelAccount?> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        var found = await entities.GetAsync<StoredAccount>(tenant, name, cancellationToken).ConfigureAwait(false);
        return found?.Value.ToAccount();
    }

    public ValueTask<IReadOnlyList<ChannelAccount>> FindByKindAsync(TenantId tenant, string kind, CancellationToken cancellationToken) =>
        ListAsync(new EntityQuery { Tenant = tenant, Index = StoredAccount.ByKind, Values = [kind] }, cancellationToken);

    public async ValueTask<IReadOnlyList<ChannelAccount>> ListAsync(EntityQuery query, CancellationToken cancellationToken)
    {
        List<ChannelAccount> accounts = [];
        do
        {
            var page = await entities.FindAsync<StoredAccount>(query, cancellationToken).ConfigureAwait(false);
            foreach (var stored in page.Items)
            {
                accounts.Add(stored.Value.ToAccount());
            }

            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        accounts.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return accounts;
    }
}

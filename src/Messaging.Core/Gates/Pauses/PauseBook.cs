using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>Reads what is paused: each time, because another node may have paused it a moment ago.</summary>
internal sealed class PauseBook(IEntityStore entities, IChannelDirectory channels)
{
    /// <summary>Reads what one tenant, or the owner of all tenants, has paused.</summary>
    public ValueTask<Versioned<PauseList>?> GetAsync(TenantId tenant, CancellationToken cancellationToken) =>
        entities.GetAsync<PauseList>(tenant, PauseList.OnlyKey, cancellationToken);

    /// <summary>Reads what is paused for one tenant.</summary>
    public async ValueTask<PauseView> ViewAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var shared = await GetAsync(EntitySchema.SharedTenant, cancellationToken).ConfigureAwait(false);
        var own = await GetAsync(tenant, cancellationToken).ConfigureAwait(false);
        return new PauseView(shared?.Value, own?.Value);
    }

    /// <summary>Reads what is paused for many tenants, in one query.</summary>
    public async ValueTask<IReadOnlyDictionary<TenantId, PauseList>> FindAsync(IReadOnlyCollection<TenantId> tenants, CancellationToken cancellationToken)
    {
        var query = new EntityQuery
        {
            Index = PauseList.ByTenant,
            Values = [.. tenants.Select(tenant => tenant.Value), EntitySchema.SharedTenant.Value],
            Limit = tenants.Count + 1,
        };
        var page = await entities.FindAsync<PauseList>(query, cancellationToken).ConfigureAwait(false);
        return page.Items.ToDictionary(found => found.Value.Tenant, found => found.Value);
    }

    /// <summary>Finds the pause that holds what a channel is to carry: of the channel's own name, or of every account that it stands for.</summary>
    public async ValueTask<PauseHold?> OfChannelAsync(PauseView view, TenantId tenant, string channel, CancellationToken cancellationToken)
    {
        if (!view.HasAccounts || view.OfAccount(channel) is not null)
        {
            return view.OfAccount(channel);
        }

        var target = await channels.FindAsync(tenant, channel, cancellationToken).ConfigureAwait(false);
        return target is not null && target.Accounts.All(account => view.OfAccount(account.Name) is not null)
            ? view.OfAccount(target.Accounts[0].Name)
            : null;
    }
}

using Microsoft.Extensions.Options;

namespace Messaging.Channels;

/// <summary>Composes targets of accounts and remembers them for as long as the accounts they are made of are fresh.</summary>
internal sealed class ChannelDirectory : IChannelDirectory
{
    private readonly AccountResolver _accounts;
    private readonly HostAccounts _host;
    private readonly ChannelPool _pool;
    private readonly TimeProvider _time;
    private readonly BoundedCache<(TenantId Tenant, string Name), Entry> _targets;

    public ChannelDirectory(
        AccountResolver accounts, HostAccounts host, ChannelPool pool, IOptionsMonitor<AccountDirectoryOptions> options, TimeProvider time)
    {
        (_accounts, _host, _pool, _time) = (accounts, host, pool, time);
        _targets = new(options.CurrentValue.CacheSize);
        _host.Changed += OnHostChanged;
    }

    public IReadOnlyList<string> Names => _host.Names;

    public ValueTask<ChannelTarget?> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        _targets.TryGet((tenant, name), out var entry) && _time.GetUtcNow() < entry.FreshUntil
            ? ValueTask.FromResult(entry.Target)
            : ComposeAsync(tenant, name, cancellationToken);

    public string DescribeUnknown(string name) =>
        $"Channel '{name}' is not registered. Registered: {(Names.Count == 0 ? "none" : string.Join(", ", Names))}. {ChannelPackages.Hint(name)}";

    /// <summary>Forgets what a name of a tenant stands for, after its account changed.</summary>
    public void Forget(TenantId tenant, string name)
    {
        _accounts.Forget(tenant, name);
        _targets.Clear();
    }

    private async ValueTask<ChannelTarget?> ComposeAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        var (account, freshUntil) = await _accounts.FindAsync(tenant, name, cancellationToken).ConfigureAwait(false);
        var target = account?.Tenant is null && _host.Groups.TryGetValue(name, out var group)
            ? await ComposeGroupAsync(tenant, group, cancellationToken).ConfigureAwait(false)
            : await ComposeListAsync(tenant, name, account, cancellationToken).ConfigureAwait(false);
        _targets.Set((tenant, name), new Entry(target, freshUntil));
        return target;
    }

    private async ValueTask<ChannelTarget?> ComposeGroupAsync(TenantId tenant, AccountGroup group, CancellationToken cancellationToken)
    {
        var accounts = new ChannelAccount[group.Members.Count];
        for (var i = 0; i < accounts.Length; i++)
        {
            var member = group.Members[i];
            var (account, _) = await _accounts.FindAsync(tenant, member.Account, cancellationToken).ConfigureAwait(false);
            accounts[i] = member.Weight is { } weight ? account! with { Weight = weight } : account!;
        }

        return Target(group.Name, group.Selection, accounts);
    }

    private async ValueTask<ChannelTarget?> ComposeListAsync(TenantId tenant, string name, ChannelAccount? account, CancellationToken cancellationToken)
    {
        if (account is not null)
        {
            return Target(name, AccountSelection.Failover, [account]);
        }

        // A tenant that has its own accounts of a kind does not want to be seen under the host's.
        var own = await _accounts.OwnOfKindAsync(tenant, name, cancellationToken).ConfigureAwait(false);
        var accounts = own.Count > 0 ? own : _host.OfKind(name);
        return accounts.Count == 0 ? null : Target(name, AccountSelection.Failover, accounts);
    }

    private ChannelTarget Target(string name, AccountSelection selection, IReadOnlyList<ChannelAccount> accounts)
    {
        using var lease = _pool.Lease(accounts[0]);
        return new ChannelTarget(name, accounts[0].Kind, accounts, selection, lease.Channel.Capabilities);
    }

    private void OnHostChanged(string name)
    {
        _targets.Clear();
        _pool.Retire(new AccountKey(null, name));
    }

    private sealed record Entry(ChannelTarget? Target, DateTimeOffset FreshUntil);
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Messaging.Channels;

/// <summary>Finds the account that a tenant means by a name: its own, else the host's. Remembers what the sources answered, for a while.</summary>
internal sealed class AccountResolver(
    IEnumerable<IChannelAccounts> sources,
    StoredChannelAccounts stored,
    HostAccounts host,
    ChannelPool pool,
    IOptionsMonitor<AccountDirectoryOptions> options,
    TimeProvider time)
{
    private readonly IChannelAccounts[] _sources = [.. sources, stored];
    private readonly BoundedCache<(TenantId Tenant, string Name), Answer> _answers = new(options.CurrentValue.CacheSize);
    private readonly ConcurrentDictionary<(TenantId Tenant, string Name), Task<Answer>> _loading = new();

    /// <summary>Finds the tenant's own account, else the host's.</summary>
    /// <returns>The account, and the instant until which the answer is fresh.</returns>
    public async ValueTask<(ChannelAccount? Account, DateTimeOffset FreshUntil)> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        var own = await FindOwnAsync((tenant, name), cancellationToken).ConfigureAwait(false);
        return (own.Account ?? host.Find(name), own.FreshUntil);
    }

    /// <summary>Lists a tenant's own accounts of a kind, from the sources that can tell.</summary>
    public async ValueTask<IReadOnlyList<ChannelAccount>> OwnOfKindAsync(TenantId tenant, string kind, CancellationToken cancellationToken)
    {
        List<ChannelAccount> found = [];
        foreach (var source in _sources)
        {
            if (source is ITenantAccountsByKind lister)
            {
                found.AddRange(await lister.FindByKindAsync(tenant, kind, cancellationToken).ConfigureAwait(false));
            }
        }

        return found;
    }

    /// <summary>Forgets an answer, so that a change takes effect at once, and drains the channel.</summary>
    public void Forget(TenantId tenant, string name)
    {
        _answers.Remove((tenant, name));
        pool.Retire(new AccountKey(tenant, name));
    }

    /// <summary>While a source thinks or fails, an answer that is not too old goes on serving: one slow database must not hold up every send.</summary>
    private async ValueTask<Answer> FindOwnAsync((TenantId Tenant, string Name) key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var usable = _answers.TryGet(key, out var old) && now < old.FreshUntil + options.CurrentValue.CacheFor;
        if (usable && now < old!.FreshUntil)
        {
            return old;
        }

        var loading = Load(key);
        if (usable && !loading.IsCompletedSuccessfully)
        {
            return old!;
        }

        return await loading.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One load serves all who ask for it, so none of them can cancel it.</summary>
    private Task<Answer> Load((TenantId Tenant, string Name) key)
    {
        if (_loading.TryGetValue(key, out var running))
        {
            return running;
        }

        var task = LoadAsync(key);
        if (!task.IsCompleted)
        {
            _loading[key] = task;
            _ = task.ContinueWith(_ => _loading.TryRemove(key, out var _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return task;
    }

    private async Task<Answer> LoadAsync((TenantId Tenant, string Name) key)
    {
        ChannelAccount? found = null;
        foreach (var source in _sources)
        {
            found ??= await source.FindAsync(key.Tenant, key.Name, CancellationToken.None).ConfigureAwait(false);
        }

        var answer = new Answer(found is null ? null : found with { Tenant = key.Tenant, Name = key.Name }, time.GetUtcNow() + options.CurrentValue.CacheFor);
        if (_answers.TryGet(key, out var old) && old.Account is { } before && before.Version != found?.Version)
        {
            pool.Retire(AccountKey.Of(before));
        }

        _answers.Set(key, answer);
        return answer;
    }

    private sealed record Answer(ChannelAccount? Account, DateTimeOffset FreshUntil);
}

using Messaging.Channels;
using Microsoft.Extensions.Options;

namespace Messaging.RateLimiting;

/// <summary>Says which limits hold: the account's own, else the host's for that account, else the host's for all, else the provider's.</summary>
internal sealed class LimitPolicy(IOptionsMonitor<LimitOptions> options, IOptionsMonitor<AccountOptions> accounts)
{
    private readonly BoundedCache<(TenantId, AccountKey), Entry> _sets = new(20_000);

    /// <summary>Returns the limits of a tenant on an account; <see langword="null"/> when there are none.</summary>
    public LimitSet? Find(TenantId tenant, ChannelAccount account, ChannelCapabilities capabilities, DateTimeOffset now)
    {
        var (general, own) = (options.CurrentValue, accounts.Get(account.Name));
        var key = (tenant, AccountKey.Of(account));
        if (!_sets.TryGet(key, out var entry) || !entry.IsOf(account, general, own, now))
        {
            entry = new Entry(account, general, own, Make(tenant, account, capabilities, general, own, now));
            _sets.Set(key, entry);
        }

        return entry.Set.IsEmpty ? null : entry.Set;
    }

    private static LimitSet Make(
        TenantId tenant, ChannelAccount account, ChannelCapabilities capabilities, LimitOptions general, AccountOptions own, DateTimeOffset now)
    {
        var limits = new AccountLimits
        {
            Account = account.Limits?.Account ?? own.Limits?.Account ?? general.Account?.Account ?? (general.ProviderLimits ? capabilities.AccountLimit : null),
            Recipient = account.Limits?.Recipient ?? own.Limits?.Recipient ?? general.Account?.Recipient ?? (general.ProviderLimits ? capabilities.RecipientLimit : null),
            PerDay = account.Limits?.PerDay ?? own.Limits?.PerDay ?? general.Account?.PerDay,
        };
        var ofTenant = general.Tenants.TryGetValue(tenant.Value, out var one) ? one : general.Tenant;
        return new LimitSet(tenant, account, ofTenant, limits, DateOnly.FromDateTime(now.UtcDateTime));
    }

    private sealed record Entry(ChannelAccount Account, LimitOptions General, AccountOptions Own, LimitSet Set)
    {
        /// <summary>Options are new objects after a reload, and so is an account of another version.</summary>
        public bool IsOf(ChannelAccount account, LimitOptions general, AccountOptions own, DateTimeOffset now) =>
            ReferenceEquals(General, general) && ReferenceEquals(Own, own)
            && (ReferenceEquals(Account, account) || (Account.Version == account.Version && Account.Limits == account.Limits))
            && Set.Day == DateOnly.FromDateTime(now.UtcDateTime);
    }
}

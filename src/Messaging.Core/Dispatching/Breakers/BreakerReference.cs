using Messaging.Channels;

namespace Messaging.Dispatching;

/// <summary>Names a breaker in a piece of work.</summary>
internal sealed record BreakerReference(string? Tenant, string Account)
{
    public AccountKey ToKey() => new(Tenant is null ? null : new TenantId(Tenant), Account);

    public static BreakerReference Of(AccountKey key) => new(key.Tenant?.Value, key.Name);
}

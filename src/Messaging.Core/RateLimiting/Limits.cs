using Messaging.Channels;

namespace Messaging.RateLimiting;

/// <summary>Presets for <c>ConfigureLimits</c>.</summary>
public static class Limits
{
    /// <summary>Starts carefully: a tenant sends 60 a minute with bursts of 100, an account 20 a minute and 1,000 a day.</summary>
    /// <remarks>Use it as <c>m.ConfigureLimits(Limits.Conservative)</c>; a later call overrides single limits.</remarks>
    public static void Conservative(LimitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Tenant = new RateLimit(60, TimeSpan.FromMinutes(1), 100);
        options.Account = new AccountLimits { Account = new RateLimit(20, TimeSpan.FromMinutes(1), 20), PerDay = 1_000 };
    }
}

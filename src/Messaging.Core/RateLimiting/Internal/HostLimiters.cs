using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Messaging.Channels;
using Microsoft.Extensions.Options;

namespace Messaging.RateLimiting;

/// <summary>The limiters that the host put on accounts. Each is fetched once; the host disposes them.</summary>
internal sealed class HostLimiters(IOptionsMonitor<AccountOptions> options, IServiceProvider services)
{
    private readonly ConcurrentDictionary<Func<IServiceProvider, RateLimiter>, RateLimiter> _limiters = new();

    public RateLimiter? Find(string account) =>
        options.Get(account).Limiter is { } make ? _limiters.GetOrAdd(make, static (m, provider) => m(provider), services) : null;
}

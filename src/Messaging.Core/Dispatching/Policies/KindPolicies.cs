using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>The policies of the kinds as the options stand now.</summary>
internal sealed class KindPolicies(IOptionsMonitor<KindOptions> options)
{
    private readonly ConcurrentDictionary<string, (KindOptions Options, KindPolicy Policy)> _policies = new(StringComparer.Ordinal);

    public KindPolicy this[string kind]
    {
        get
        {
            var current = options.Get(kind);
            if (_policies.TryGetValue(kind, out var known) && ReferenceEquals(known.Options, current))
            {
                return known.Policy;
            }

            var policy = KindPolicy.Of(kind, current);
            _policies[kind] = (current, policy);
            return policy;
        }
    }
}

using System.Collections.Frozen;
using Messaging.Channels;

namespace Messaging.Routing;

internal sealed class RouteCatalog : IRouteCatalog
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    private readonly HostAccounts _accounts;
    private readonly IChannelFactory[] _factories;
    private readonly Route[] _all;
    private readonly FrozenDictionary<string, Route> _routes;

    public RouteCatalog(IEnumerable<Route> routes, HostAccounts accounts, IEnumerable<IChannelFactory> factories)
    {
        (_accounts, _factories, _all) = (accounts, [.. factories], [.. routes]);
        _routes = _all.DistinctBy(r => r.Name).ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);
        Names = [.. _routes.Keys.Order(StringComparer.Ordinal)];
    }

    public IReadOnlyCollection<string> Names { get; }

    public Route? Find(string name) => _routes.GetValueOrDefault(name);

    /// <summary>Throws when a route is wrong.</summary>
    public void Check()
    {
        if (_all.CountBy(r => r.Name).FirstOrDefault(n => n.Value > 1) is { Key: { } twice })
        {
            throw new InvalidOperationException($"The route '{twice}' is added twice. Give each route a name of its own.");
        }

        foreach (var route in _all)
        {
            Check(route);
        }
    }

    private void Check(Route route)
    {
        if (route.Steps.Count == 0)
        {
            throw new InvalidOperationException($"The route '{route.Name}' has no steps. Name its channels: AddRoute(\"{route.Name}\", r => r.Try(\"sms\").Then(\"email\")).");
        }

        foreach (var step in route.Steps)
        {
            if (step.Within is { } within && (within <= TimeSpan.Zero || within > s_longest))
            {
                throw new InvalidOperationException($"The route '{route.Name}', step '{step.Channel}': within is {within}; it must be more than zero and at most 30 days.");
            }

            if (!IsKnown(step.Channel))
            {
                throw new InvalidOperationException(
                    $"The route '{route.Name}' names the channel '{step.Channel}', which is not registered. "
                    + $"Registered: {(_accounts.Names.Count == 0 ? "none" : string.Join(", ", _accounts.Names))}. {ChannelPackages.Hint(step.Channel)}");
            }
        }
    }

    /// <summary>A kind whose package is there may have accounts that tenants bring at run time.</summary>
    private bool IsKnown(string channel) =>
        _accounts.Find(channel) is not null || _accounts.Groups.ContainsKey(channel) || _accounts.OfKind(channel).Count > 0
        || Array.Exists(_factories, f => f.Kind == channel);
}

using System.Collections.Frozen;

namespace Messaging.Channels;

/// <summary>Makes channels of accounts by the factory that understands their scheme, and lets the decorators wrap them.</summary>
internal sealed class ChannelFactories(IEnumerable<IChannelFactory> factories, IEnumerable<IChannelDecorator> decorators, ICredentialProtector protector)
{
    private readonly FrozenDictionary<string, IChannelFactory> _byScheme = ByScheme(factories);

    /// <summary>Opens the account's secret and makes its channel.</summary>
    /// <exception cref="ChannelConfigurationException">No package understands the scheme, the secret cannot be opened, or the settings are wrong.</exception>
    public IChannel Create(ChannelAccount account)
    {
        if (!_byScheme.TryGetValue(account.Scheme, out var factory))
        {
            throw new ChannelConfigurationException(account.Name, nameof(account.Scheme), Unknown(account.Scheme));
        }

        if (factory.Kind != account.Kind)
        {
            throw new ChannelConfigurationException(account.Name, nameof(account.Kind),
                $"the scheme '{account.Scheme}' carries '{factory.Kind}', not '{account.Kind}'. Set the kind to '{factory.Kind}', or use another scheme.");
        }

        return Decorate(factory.Create(Open(account)), account);
    }

    private IChannel Decorate(IChannel channel, ChannelAccount account)
    {
        foreach (var decorator in decorators)
        {
            channel = decorator.Decorate(channel, account);
        }

        return channel;
    }

    private ChannelAccount Open(ChannelAccount account)
    {
        if (account.ConnectionString is not { IsProtected: true } secret)
        {
            return account;
        }

        try
        {
            return account with { ConnectionString = secret.Open(protector) };
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or InvalidOperationException)
        {
            throw new ChannelConfigurationException(account.Name, nameof(account.ConnectionString),
                "the stored credential cannot be opened: its key is not configured here, or the text was changed. Configure the key it was saved with, or save the account again.", e);
        }
    }

    private string Unknown(string scheme)
    {
        var known = _byScheme.Count == 0 ? "no channel package is registered" : $"registered schemes: {string.Join(", ", _byScheme.Keys.Order())}";
        return $"no channel package understands '{scheme}'; {known}. {ChannelPackages.Hint(scheme)}";
    }

    private static FrozenDictionary<string, IChannelFactory> ByScheme(IEnumerable<IChannelFactory> factories)
    {
        Dictionary<string, IChannelFactory> map = new(StringComparer.OrdinalIgnoreCase);
        foreach (var factory in factories)
        {
            foreach (var scheme in factory.Schemes)
            {
                map[scheme] = factory;
            }
        }

        return map.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}

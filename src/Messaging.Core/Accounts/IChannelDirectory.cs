namespace Messaging.Channels;

/// <summary>Finds what a request's channel means: an account, a group of accounts, or all accounts of a kind. A tenant's own go before the host's.</summary>
internal interface IChannelDirectory
{
    /// <summary>Gets the names of the host's accounts and groups, for error texts.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Says of a name that nothing has: what is registered, and how to add what is missing.</summary>
    string DescribeUnknown(string name);

    /// <summary>Finds by the name of an account, a group or a kind.</summary>
    /// <returns><see langword="null"/> when nothing has that name.</returns>
    /// <exception cref="ChannelConfigurationException">It exists, and its settings are wrong.</exception>
    ValueTask<ChannelTarget?> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken);
}

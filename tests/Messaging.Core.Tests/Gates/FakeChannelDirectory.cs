using Messaging.Channels;
using Messaging.Testing;

namespace Messaging.Gates;

/// <summary>Groups of accounts by name; whatever else is asked for is one account of that name.</summary>
internal sealed class FakeChannelDirectory : IChannelDirectory
{
    public Dictionary<string, string[]> Groups { get; } = [];

    public IReadOnlyList<string> Names => [.. Groups.Keys];

    public string DescribeUnknown(string name) => $"No channel '{name}'.";

    public ValueTask<ChannelTarget?> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        var accounts = (Groups.GetValueOrDefault(name) ?? [name]).Select(account => Some.Account(name: account)).ToArray();
        return new(new ChannelTarget(name, ChannelKinds.Email, accounts, AccountSelection.Failover, new ChannelCapabilities { Kind = ChannelKinds.Email }));
    }
}

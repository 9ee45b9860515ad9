using Messaging.Channels;

namespace Messaging.Core.Fakes;

/// <summary>A host's own database of accounts, which counts how often it is asked.</summary>
internal sealed class FakeAccounts : IChannelAccounts
{
    private readonly Dictionary<(TenantId, string), ChannelAccount> _accounts = [];

    public int Asked { get; private set; }

    public Func<Task>? Before { get; set; }

    public void Set(ChannelAccount account) => _accounts[(account.Tenant!.Value, account.Name)] = account;

    public void Remove(TenantId tenant, string name) => _accounts.Remove((tenant, name));

    public async ValueTask<ChannelAccount?> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        Asked++;
        if (Before is not null)
        {
            await Before();
        }

        return _accounts.GetValueOrDefault((tenant, name));
    }
}

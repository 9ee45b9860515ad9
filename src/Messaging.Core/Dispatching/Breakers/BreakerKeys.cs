using Messaging.Channels;

namespace Messaging.Dispatching;

/// <summary>The keys under which deliveries wait for accounts. What a group was to carry goes on when any of its accounts does.</summary>
internal sealed class BreakerKeys(HostAccounts host)
{
    /// <summary>Returns what a delivery for a target is held under while none of its accounts can send.</summary>
    public static string Of(ChannelTarget target) =>
        target.Accounts.Count == 1 ? Of(AccountKey.Of(target.Accounts[0])) : OfGroup(target.Name);

    /// <summary>Returns all keys whose deliveries an account can carry.</summary>
    public IReadOnlyList<string> Of(AccountKey account, string kind)
    {
        List<string> keys = [Of(account), OfGroup(kind)];
        foreach (var group in host.Groups.Values)
        {
            if (group.Name != kind && group.Members.Any(m => m.Account == account.Name))
            {
                keys.Add(OfGroup(group.Name));
            }
        }

        return keys;
    }

    private static string Of(AccountKey account) => $"breaker:{account}";

    private static string OfGroup(string name) => $"breaker:group:{name}";
}

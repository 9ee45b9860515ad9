namespace Messaging.Channels;

/// <summary>Says which accounts a group has and how one of them is picked. Call one of the methods.</summary>
public sealed class AccountGroupBuilder
{
    internal AccountSelection Selection { get; private set; }

    internal IReadOnlyList<AccountGroupMember> Members { get; private set; } = [];

    /// <summary>Uses the first account whose breaker is closed; the order is that of preference.</summary>
    /// <param name="accounts">Names of accounts of one kind.</param>
    public AccountGroupBuilder Failover(params string[] accounts) => Set(AccountSelection.Failover, accounts);

    /// <summary>Uses one account after the other, skipping those whose breaker is open.</summary>
    /// <param name="accounts">Names of accounts of one kind.</param>
    public AccountGroupBuilder RoundRobin(params string[] accounts) => Set(AccountSelection.RoundRobin, accounts);

    /// <summary>Uses the same account for the same recipient as long as it can send: a conversation keeps its number.</summary>
    /// <param name="accounts">Names of accounts of one kind. Adding one moves only its share of the recipients.</param>
    public AccountGroupBuilder Sticky(params string[] accounts) => Set(AccountSelection.Sticky, accounts);

    /// <summary>Uses every account in proportion to its weight, skipping those whose breaker is open.</summary>
    /// <param name="accounts">Names of accounts of one kind, each with its weight, 1 to 1,000.</param>
    public AccountGroupBuilder Weighted(params (string Account, int Weight)[] accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return Set(AccountSelection.Weighted, Array.ConvertAll(accounts, a => new AccountGroupMember(a.Account, a.Weight)));
    }

    private AccountGroupBuilder Set(AccountSelection selection, string[] accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return Set(selection, Array.ConvertAll(accounts, name => new AccountGroupMember(name, null)));
    }

    private AccountGroupBuilder Set(AccountSelection selection, AccountGroupMember[] members)
    {
        (Selection, Members) = (selection, members);
        return this;
    }
}

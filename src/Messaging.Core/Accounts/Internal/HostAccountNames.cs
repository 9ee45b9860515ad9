namespace Messaging.Channels;

/// <summary>Checks that every name means one thing, and that groups are made of accounts of one kind.</summary>
internal static class HostAccountNames
{
    public static void Check(IReadOnlyList<AccountRegistration> accounts, IReadOnlyList<AccountGroup> groups)
    {
        foreach (var name in accounts.Select(a => a.Name).Concat(groups.Select(g => g.Name)).GroupBy(n => n, StringComparer.Ordinal))
        {
            if (name.Count() > 1)
            {
                throw new InvalidOperationException($"The name '{name.Key}' is used by more than one account or group. Give each account and each group a name of its own.");
            }
        }

        foreach (var group in groups)
        {
            CheckGroup(group, accounts);
        }
    }

    private static void CheckGroup(AccountGroup group, IReadOnlyList<AccountRegistration> accounts)
    {
        if (group.Members.Count == 0)
        {
            throw new InvalidOperationException($"The account group '{group.Name}' is empty. Name its accounts: AddAccountGroup(\"{group.Name}\", g => g.Failover(\"a\", \"b\")).");
        }

        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in group.Members)
        {
            var account = accounts.FirstOrDefault(a => a.Name == member.Account)
                ?? throw new InvalidOperationException(
                    $"The account group '{group.Name}' names '{member.Account}', which is not registered. Registered: {List(accounts)}. {ChannelPackages.Hint(member.Account)}");
            kinds.Add(account.Kind);
            if (member.Weight is < 1 or > 1_000)
            {
                throw new InvalidOperationException($"The account group '{group.Name}' gives '{member.Account}' the weight {member.Weight}. A weight is between 1 and 1,000.");
            }
        }

        if (kinds.Count > 1)
        {
            throw new InvalidOperationException(
                $"The account group '{group.Name}' mixes the kinds {string.Join(", ", kinds.Order(StringComparer.Ordinal))}. A group is of one kind; to go over from one kind to another, use AddRoute.");
        }
    }

    private static string List(IReadOnlyList<AccountRegistration> accounts) =>
        accounts.Count == 0 ? "none" : string.Join(", ", accounts.Select(a => a.Name));
}

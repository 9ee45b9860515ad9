using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>The accounts of a target in the order in which one delivery prefers them.</summary>
internal struct AccountOrder
{
    private readonly IReadOnlyList<ChannelAccount> _accounts;
    private readonly ulong _recipient;
    private int _next;
    private ulong _last;

    private AccountOrder(IReadOnlyList<ChannelAccount> accounts, int first, ulong recipient) =>
        (_accounts, _next, _recipient, _last) = (accounts, first, recipient, ulong.MaxValue);

    /// <summary>Makes the order.</summary>
    /// <param name="target">The target.</param>
    /// <param name="record">The delivery.</param>
    /// <param name="turn">A number that grows with every delivery of the target, for those that take turns.</param>
    public static AccountOrder Of(ChannelTarget target, DeliveryRecord record, int turn) => target.Selection switch
    {
        AccountSelection.RoundRobin => new(target.Accounts, turn % target.Accounts.Count, 0),
        AccountSelection.Weighted => new(target.Accounts, Weighted(target.Accounts, turn), 0),
        AccountSelection.Sticky => new(target.Accounts, 0, StableHash.Of(record.Delivery.Address.Value) | 1),
        _ => new(target.Accounts, 0, 0),
    };

    /// <summary>Returns the next account; to be called once for each.</summary>
    public ChannelAccount Next() => _recipient != 0 ? NextRanked() : _accounts[_next++ % _accounts.Count];

    /// <summary>Turns fall into the weights like steps of the golden ratio, so that no account gets all of its share in a row.</summary>
    private static int Weighted(IReadOnlyList<ChannelAccount> accounts, int turn)
    {
        long total = 0;
        foreach (var account in accounts)
        {
            total += account.Weight;
        }

        var at = (long)(turn * 0.61803398874989485 % 1 * total);
        var index = 0;
        while (at >= accounts[index].Weight)
        {
            at -= accounts[index++].Weight;
        }

        return index;
    }

    /// <summary>Rendezvous hashing: an account that comes or goes moves only its own share of the recipients.</summary>
    private ChannelAccount NextRanked()
    {
        ChannelAccount? best = null;
        ulong rank = 0;
        foreach (var account in _accounts)
        {
            var own = StableHash.Mix(_recipient ^ StableHash.Of(account.Name));
            if (own < _last && (best is null || own > rank))
            {
                (best, rank) = (account, own);
            }
        }

        _last = rank;
        return best ?? _accounts[0];
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Messaging.Channels;
using Messaging.Gates;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Picks the account of an attempt. One whose breaker is open, or that is paused, is passed over before any limit is asked.</summary>
internal sealed class AccountPicker(BreakerBoard breakers, PauseBook pauses, KindPolicies policies)
{
    private readonly ConcurrentDictionary<string, StrongBox<int>> _turns = new(StringComparer.Ordinal);

    /// <summary>Picks one.</summary>
    public ValueTask<AccountPick> PickAsync(ChannelTarget target, DeliveryRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (target.Accounts.Count > 1)
        {
            return PickOfManyAsync(target, record, now, cancellationToken);
        }

        var found = breakers.FindAsync(target.Accounts[0], cancellationToken);
        return found.IsCompletedSuccessfully ? new(Judge(target.Accounts[0], found.Result, now)) : PickOneAsync(target.Accounts[0], found, now);
    }

    private static async ValueTask<AccountPick> PickOneAsync(ChannelAccount account, ValueTask<Breaker> found, DateTimeOffset now) =>
        Judge(account, await found.ConfigureAwait(false), now);

    private static AccountPick Judge(ChannelAccount account, Breaker breaker, DateTimeOffset now) =>
        new(breaker.IsUsable(now) ? account : null, breaker);

    private async ValueTask<AccountPick> PickOfManyAsync(ChannelTarget target, DeliveryRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var paused = await pauses.ViewAsync(record.Delivery.Tenant, cancellationToken).ConfigureAwait(false);
        var failed = record.State.Why?.Code == WhyCodes.FailedOver ? record.State.Account : null;
        var pinned = Pinned(target, record);
        AccountPick? second = null;
        Breaker? soonest = null;
        var order = AccountOrder.Of(target, record, target.Selection is AccountSelection.RoundRobin or AccountSelection.Weighted ? Turn(target.Name) : 0);
        for (var i = 0; i < target.Accounts.Count; i++)
        {
            var account = order.Next();
            if ((pinned is not null && account.Name != pinned) || (paused.HasAccounts && paused.OfAccount(account.Name) is not null))
            {
                continue;
            }

            var breaker = await breakers.FindAsync(account, cancellationToken).ConfigureAwait(false);
            if (!breaker.IsUsable(now))
            {
                soonest = soonest is null || breaker.Until < soonest.Until ? breaker : soonest;
            }
            else if (account.Name == failed)
            {
                second ??= new AccountPick(account, breaker);
            }
            else
            {
                return new AccountPick(account, breaker);
            }
        }

        return second ?? new AccountPick(null, soonest);
    }

    /// <summary>What an account may have sent goes through no other, unless the policy says so: the recipient would get it twice.</summary>
    private string? Pinned(ChannelTarget target, DeliveryRecord record)
    {
        if (record.State is not { Account: { } last, Evidence: { Entries.IsEmpty: false } evidence }
            || !evidence.Has(MessageEventType.Unconfirmed, record.State.Generation) || policies[target.Kind].FailOverUnconfirmed)
        {
            return null;
        }

        for (var i = 0; i < target.Accounts.Count; i++)
        {
            if (target.Accounts[i].Name == last)
            {
                return last;
            }
        }

        return null;
    }

    private int Turn(string target) => Interlocked.Increment(ref _turns.GetOrAdd(target, static _ => new StrongBox<int>(-1)).Value) & int.MaxValue;
}

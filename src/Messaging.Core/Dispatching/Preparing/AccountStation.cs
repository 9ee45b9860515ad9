using Messaging.Channels;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Dispatching;

/// <summary>Finds the account of a delivery that may go, and says what becomes of one that finds none.</summary>
internal sealed partial class AccountStation(
    IChannelDirectory directory, AccountPicker picker, KindPolicies policies, RetryClock clock, ILogger<AccountStation> logger)
{
    private static readonly TimeSpan s_missing = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_failed = TimeSpan.FromMinutes(1);

    /// <summary>Puts off a delivery whose account is busy.</summary>
    public static Settlement Busy(Attempt attempt, DateTimeOffset until, DateTimeOffset now) => new()
    {
        Lease = attempt.Work.Lease,
        Next = WorkState.Waiting,
        DueAt = until,
        Why = new Why(WhyCodes.RateLimited, $"The account '{attempt.Account.Name}' is busy with earlier messages.", until),
        At = now,
    };

    /// <summary>Gives the attempt its account.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="putOffUntil">Says that a delivery had better wait, because its account has enough to do here.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What becomes of it when it gets none; <see langword="null"/> when it may go on.</returns>
    public ValueTask<Settlement?> PickAsync(
        Attempt attempt, Func<Attempt, DateTimeOffset, DateTimeOffset?>? putOffUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var delivery = attempt.Record.Delivery;
            var found = directory.FindAsync(delivery.Tenant, delivery.Channel, cancellationToken);
            if (!found.IsCompletedSuccessfully)
            {
                return PickSlowlyAsync(attempt, found, putOffUntil, now, cancellationToken);
            }

            if (found.Result is not { } target)
            {
                return new(Missing(attempt, now));
            }

            var picked = picker.PickAsync(target, attempt.Record, now, cancellationToken);
            return picked.IsCompletedSuccessfully ? new(Take(attempt, target, picked.Result, putOffUntil, now)) : TakeSlowlyAsync(attempt, target, picked, putOffUntil, now);
        }
        catch (ChannelConfigurationException e)
        {
            return new(Invalid(attempt, e, now));
        }
    }

    private async ValueTask<Settlement?> PickSlowlyAsync(
        Attempt attempt, ValueTask<ChannelTarget?> found, Func<Attempt, DateTimeOffset, DateTimeOffset?>? putOffUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await found.ConfigureAwait(false) is { } target
                ? Take(attempt, target, await picker.PickAsync(target, attempt.Record, now, cancellationToken).ConfigureAwait(false), putOffUntil, now)
                : Missing(attempt, now);
        }
        catch (ChannelConfigurationException e)
        {
            return Invalid(attempt, e, now);
        }
    }

    private async ValueTask<Settlement?> TakeSlowlyAsync(
        Attempt attempt, ChannelTarget target, ValueTask<AccountPick> picked, Func<Attempt, DateTimeOffset, DateTimeOffset?>? putOffUntil, DateTimeOffset now) =>
        Take(attempt, target, await picked.ConfigureAwait(false), putOffUntil, now);

    private Settlement? Take(
        Attempt attempt, ChannelTarget target, AccountPick pick, Func<Attempt, DateTimeOffset, DateTimeOffset?>? putOffUntil, DateTimeOffset now)
    {
        if (pick.Account is null)
        {
            return Held(attempt, target, pick.Breaker, now);
        }

        (attempt.Target, attempt.Account, attempt.Breaker, attempt.Policy) = (target, pick.Account, pick.Breaker!, policies[target.Kind]);
        return putOffUntil?.Invoke(attempt, now) is { } until ? Busy(attempt, until, now) : null;
    }

    /// <summary>Holds a delivery whose accounts all fail.</summary>
    public static Settlement Held(Attempt attempt, ChannelTarget target, Breaker? breaker, DateTimeOffset now)
    {
        var reason = breaker?.State?.Value.Reason;
        var text = target.Accounts.Count == 1
            ? $"The account '{target.Accounts[0].Name}' fails and is left alone{(reason is null ? "." : $": {reason}")}"
            : $"Every account of '{target.Name}' fails and is left alone.";
        return new Settlement
        {
            Lease = attempt.Work.Lease,
            Next = WorkState.Parked,
            ParkKey = BreakerKeys.Of(target),
            Why = new Why(WhyCodes.BreakerOpen, text, breaker?.Until > now ? breaker.Until : null),
            At = now,
        };
    }

    private Settlement Missing(Attempt attempt, DateTimeOffset now)
    {
        var due = clock.Around(s_missing, now);
        return Wait(attempt, due, new Why(WhyCodes.AccountMissing, directory.DescribeUnknown(attempt.Record.Delivery.Channel), due), now);
    }

    private Settlement Invalid(Attempt attempt, ChannelConfigurationException e, DateTimeOffset now)
    {
        Log.AccountInvalid(logger, e.Account, e);
        var due = clock.Around(s_failed, now);
        return Wait(attempt, due, new Why(WhyCodes.AccountInvalid, e.Message, due), now);
    }

    /// <summary>Puts a delivery off.</summary>
    public static Settlement Wait(Attempt attempt, DateTimeOffset due, Why why, DateTimeOffset now) =>
        new() { Lease = attempt.Work.Lease, Next = WorkState.Waiting, DueAt = due, Why = why, At = now };

    private static partial class Log
    {
        [LoggerMessage(1220, LogLevel.Error, "Account {Account} cannot be used; its deliveries wait.", EventName = "AccountInvalid")]
        public static partial void AccountInvalid(ILogger logger, string account, Exception exception);
    }
}

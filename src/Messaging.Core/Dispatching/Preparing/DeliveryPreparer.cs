using Messaging.Channels;
using Messaging.Diagnostics;
using Messaging.Gates;
using Messaging.RateLimiting;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Dispatching;

/// <summary>Takes a claimed batch through gates, account, limits and breaker. Asks each of them once for the whole batch. Not thread safe: one per dispatcher.</summary>
internal sealed partial class DeliveryPreparer(
    DeliveryTriage triage,
    GateCheck gates,
    IChannelDirectory directory,
    AccountPicker picker,
    SendLimits limits,
    BreakerBoard breakers,
    KindPolicies policies,
    SettleComposer composer,
    RetryClock clock,
    MessagingTelemetry telemetry,
    TimeProvider time,
    ILogger<DeliveryPreparer> logger)
{
    private static readonly TimeSpan s_missing = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_failed = TimeSpan.FromMinutes(1);
    private readonly List<Attempt> _left = [];
    private readonly List<LimitTicket> _tickets = [];
    private PreparedBatch _into = null!;
    private DateTimeOffset _now;

    /// <summary>Gets or sets who says that a delivery had better wait, because its account has enough to do here.</summary>
    public Func<Attempt, DateTimeOffset, DateTimeOffset?>? PutOffUntil { get; set; }

    /// <summary>Puts off a delivery whose account is busy.</summary>
    public static Settlement Busy(Attempt attempt, DateTimeOffset until, DateTimeOffset now) => new()
    {
        Lease = attempt.Work.Lease,
        Next = WorkState.Waiting,
        DueAt = until,
        Why = new Why(WhyCodes.RateLimited, $"The account '{attempt.Account.Name}' is busy with earlier messages.", until),
        At = now,
    };

    /// <summary>Prepares a batch. One delivery that cannot be prepared does not harm its neighbours.</summary>
    public async ValueTask PrepareAsync(IReadOnlyList<Attempt> claimed, PreparedBatch into, CancellationToken cancellationToken)
    {
        (_into, _now) = (into, time.GetUtcNow());
        _left.Clear();
        Triage(claimed);
        try
        {
            await RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            await OneByOneAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Triage(IReadOnlyList<Attempt> claimed)
    {
        for (var i = 0; i < claimed.Count; i++)
        {
            if (triage.Decide(claimed[i].Work, _now) is { } settlement)
            {
                Settle(claimed[i], settlement);
            }
            else
            {
                _left.Add(claimed[i]);
            }
        }
    }

    private async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        if (_left.Count == 0)
        {
            return;
        }

        Drop(await gates.AskAsync(_left, _now, cancellationToken).ConfigureAwait(false));
        await PickAsync(cancellationToken).ConfigureAwait(false);
        await LimitAsync(cancellationToken).ConfigureAwait(false);
        await ProbeAsync(cancellationToken).ConfigureAwait(false);
        _into.Attempts.AddRange(_left);
        _left.Clear();
    }

    /// <summary>Finds out which delivery of the batch it was that could not be prepared.</summary>
    private async ValueTask OneByOneAsync(Exception cause, CancellationToken cancellationToken)
    {
        // A run that broke off may have left some of them behind twice, or settled.
        Attempt[] each = [.. _left.Distinct().Where(a => !a.IsSettled)];
        if (each.Length == 1)
        {
            Fail(each[0], cause);
            _left.Clear();
            return;
        }

        foreach (var attempt in each)
        {
            Forget(attempt);
            _left.Clear();
            _left.Add(attempt);
            try
            {
                await RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Fail(attempt, e);
                _left.Clear();
            }
        }
    }

    private void Drop(IReadOnlyList<GateCandidate> verdicts)
    {
        var kept = 0;
        for (var i = 0; i < _left.Count; i++)
        {
            var (attempt, verdict) = (_left[i], verdicts[i]);
            if (verdict.Outcome == GateOutcome.Pass)
            {
                _left[kept++] = attempt;
            }
            else
            {
                Settle(attempt, Stop(attempt, verdict));
            }
        }

        _left.RemoveRange(kept, _left.Count - kept);
    }

    private Settlement Stop(Attempt attempt, GateCandidate verdict)
    {
        var settlement = new Settlement { Lease = attempt.Work.Lease, Next = WorkState.Done, Why = verdict.Why, At = _now };
        return verdict switch
        {
            { Outcome: GateOutcome.Suppress } => settlement with { Proves = MessageEventType.Suppressed },
            { Why.Until: { } until } => settlement with { Next = WorkState.Waiting, DueAt = until },
            _ => settlement with { Next = WorkState.Parked, ParkKey = verdict.ParkKey },
        };
    }

    private async ValueTask PickAsync(CancellationToken cancellationToken)
    {
        var kept = 0;
        for (var i = 0; i < _left.Count; i++)
        {
            var attempt = _left[i];
            if (await PickAsync(attempt, cancellationToken).ConfigureAwait(false) is { } settlement)
            {
                Settle(attempt, settlement);
            }
            else
            {
                _left[kept++] = attempt;
            }
        }

        _left.RemoveRange(kept, _left.Count - kept);
    }

    private ValueTask<Settlement?> PickAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            var delivery = attempt.Record.Delivery;
            var found = directory.FindAsync(delivery.Tenant, delivery.Channel, cancellationToken);
            if (!found.IsCompletedSuccessfully)
            {
                return PickSlowlyAsync(attempt, found, cancellationToken);
            }

            if (found.Result is not { } target)
            {
                return new(Missing(attempt));
            }

            var picked = picker.PickAsync(target, attempt.Record, _now, cancellationToken);
            return picked.IsCompletedSuccessfully ? new(Take(attempt, target, picked.Result)) : TakeSlowlyAsync(attempt, target, picked);
        }
        catch (ChannelConfigurationException e)
        {
            return new(Invalid(attempt, e));
        }
    }

    private async ValueTask<Settlement?> PickSlowlyAsync(Attempt attempt, ValueTask<ChannelTarget?> found, CancellationToken cancellationToken)
    {
        try
        {
            return await found.ConfigureAwait(false) is { } target
                ? Take(attempt, target, await picker.PickAsync(target, attempt.Record, _now, cancellationToken).ConfigureAwait(false))
                : Missing(attempt);
        }
        catch (ChannelConfigurationException e)
        {
            return Invalid(attempt, e);
        }
    }

    private async ValueTask<Settlement?> TakeSlowlyAsync(Attempt attempt, ChannelTarget target, ValueTask<AccountPick> picked) =>
        Take(attempt, target, await picked.ConfigureAwait(false));

    private Settlement? Take(Attempt attempt, ChannelTarget target, AccountPick pick)
    {
        if (pick.Account is null)
        {
            return Held(attempt, target, pick.Breaker);
        }

        (attempt.Target, attempt.Account, attempt.Breaker, attempt.Policy) = (target, pick.Account, pick.Breaker!, policies[target.Kind]);
        return PutOffUntil?.Invoke(attempt, _now) is { } until ? Busy(attempt, until, _now) : null;
    }

    private async ValueTask LimitAsync(CancellationToken cancellationToken)
    {
        _tickets.Clear();
        for (var i = 0; i < _left.Count; i++)
        {
            var attempt = _left[i];
            var delivery = attempt.Record.Delivery;
            var woke = attempt.Record.State.Why?.Code == WhyCodes.RateLimited;
            attempt.Ticket = limits.TicketFor(delivery.Tenant, attempt.Account, attempt.Target.Capabilities, delivery.Address, delivery.Priority, woke, _now);
            if (attempt.Ticket is not null)
            {
                _tickets.Add(attempt.Ticket);
            }
        }

        if (_tickets.Count == 0)
        {
            return;
        }

        await limits.AcquireAsync(_tickets, _now, cancellationToken).ConfigureAwait(false);
        _left.RemoveAll(PutOff);
    }

    private bool PutOff(Attempt attempt)
    {
        if (attempt.Ticket?.Refusal is not { } why)
        {
            return false;
        }

        Settle(attempt, new Settlement { Lease = attempt.Work.Lease, Next = WorkState.Waiting, DueAt = why.Until!.Value, Why = why, At = _now });
        return true;
    }

    /// <summary>Of all that could try an account whose time to be left alone is over, the first one does; the others go on waiting.</summary>
    private async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < _left.Count; i++)
        {
            var attempt = _left[i];
            if (!attempt.Breaker.NeedsProbe)
            {
                continue;
            }

            attempt.IsProbe = attempt.Breaker.IsUsable(_now)
                && await breakers.TryProbeAsync(attempt.Breaker, attempt.Policy.AttemptTimeout, cancellationToken).ConfigureAwait(false);
            if (!attempt.IsProbe && attempt.Breaker.NeedsProbe)
            {
                Settle(attempt, Held(attempt, attempt.Target, attempt.Breaker));
                Forget(attempt);
                _left.RemoveAt(i--);
            }
        }
    }

    private Settlement Held(Attempt attempt, ChannelTarget target, Breaker? breaker)
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
            Why = new Why(WhyCodes.BreakerOpen, text, breaker?.Until > _now ? breaker.Until : null),
            At = _now,
        };
    }

    private Settlement Missing(Attempt attempt)
    {
        var due = clock.Around(s_missing, _now);
        return Wait(attempt, due, new Why(WhyCodes.AccountMissing, directory.DescribeUnknown(attempt.Record.Delivery.Channel), due));
    }

    private Settlement Invalid(Attempt attempt, ChannelConfigurationException e)
    {
        Log.AccountInvalid(logger, e.Account, e);
        var due = clock.Around(s_failed, _now);
        return Wait(attempt, due, new Why(WhyCodes.AccountInvalid, e.Message, due));
    }

    private void Fail(Attempt attempt, Exception e)
    {
        Log.NotPrepared(logger, attempt.Record.Delivery.Id, e);
        var due = clock.Around(s_failed, _now);
        Settle(attempt, Wait(attempt, due, new Why(WhyCodes.Retry, $"It could not be prepared for sending ({e.GetType().Name}).", due)));
    }

    private Settlement Wait(Attempt attempt, DateTimeOffset due, Why why) =>
        new() { Lease = attempt.Work.Lease, Next = WorkState.Waiting, DueAt = due, Why = why, At = _now };

    private static void Forget(Attempt attempt)
    {
        attempt.Ticket?.Lease?.Dispose();
        attempt.Ticket = null;
    }

    private void Settle(Attempt attempt, Settlement settlement)
    {
        if (settlement.Next != WorkState.Done)
        {
            telemetry.PutOff(attempt.Record.Delivery.Address.Kind, settlement.Why?.Code ?? WhyCodes.Retry);
        }

        attempt.IsSettled = true;
        _into.Settled.Add((attempt, composer.Compose(attempt.Record, settlement)));
    }

    private static partial class Log
    {
        [LoggerMessage(1220, LogLevel.Error, "Account {Account} cannot be used; its deliveries wait.", EventName = "AccountInvalid")]
        public static partial void AccountInvalid(ILogger logger, string account, Exception exception);

        [LoggerMessage(1221, LogLevel.Error, "Delivery {DeliveryId} could not be prepared for sending; it is tried again.", EventName = "DeliveryNotPrepared")]
        public static partial void NotPrepared(ILogger logger, DeliveryId deliveryId, Exception exception);
    }
}

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
    AccountStation accounts,
    SendLimits limits,
    BreakerBoard breakers,
    SettleComposer composer,
    RetryClock clock,
    MessagingTelemetry telemetry,
    TimeProvider time,
    ILogger<DeliveryPreparer> logger)
{
    private static readonly TimeSpan s_failed = TimeSpan.FromMinutes(1);
    private readonly List<Attempt> _left = [];
    private readonly List<LimitTicket> _tickets = [];
    private PreparedBatch _into = null!;
    private DateTimeOffset _now;

    /// <summary>Gets or sets who says that a delivery had better wait, because its account has enough to do here.</summary>
    public Func<Attempt, DateTimeOffset, DateTimeOffset?>? PutOffUntil { get; set; }

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
            if (await accounts.PickAsync(attempt, PutOffUntil, _now, cancellationToken).ConfigureAwait(false) is { } settlement)
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
                Settle(attempt, AccountStation.Held(attempt, attempt.Target, attempt.Breaker, _now));
                Forget(attempt);
                _left.RemoveAt(i--);
            }
        }
    }

    private void Fail(Attempt attempt, Exception e)
    {
        Log.NotPrepared(logger, attempt.Record.Delivery.Id, e);
        var due = clock.Around(s_failed, _now);
        Settle(attempt, AccountStation.Wait(attempt, due, new Why(WhyCodes.Retry, $"It could not be prepared for sending ({e.GetType().Name}).", due), _now));
    }

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
        [LoggerMessage(1221, LogLevel.Error, "Delivery {DeliveryId} could not be prepared for sending; it is tried again.", EventName = "DeliveryNotPrepared")]
        public static partial void NotPrepared(ILogger logger, DeliveryId deliveryId, Exception exception);
    }
}

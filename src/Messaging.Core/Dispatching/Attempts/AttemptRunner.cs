using System.Diagnostics;
using System.Runtime.CompilerServices;
using Messaging.Channels;
using Messaging.Diagnostics;
using Messaging.Sending;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Dispatching;

/// <summary>Makes one attempt: builds the message, says that the call begins where that matters, calls, and judges the answer. Safe for concurrent use.</summary>
internal sealed partial class AttemptRunner(
    ChannelCaller caller,
    CopyJudge judge,
    AttemptEffects effects,
    CommitQueue commits,
    SettleComposer composer,
    LeaseKeeper leases,
    CancellationSources sources,
    RetryClock clock,
    IPayloadFacts facts,
    MessagingTelemetry telemetry,
    TimeProvider time,
    ILogger<AttemptRunner> logger)
{
    private static readonly TimeSpan s_notBuilt = TimeSpan.FromMinutes(1);

    /// <summary>Makes the attempt.</summary>
    /// <returns>The change that settles the delivery; <see langword="null"/> when its claim was lost: nothing is to be said about it.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Change?> RunAsync(Attempt attempt)
    {
        if (!leases.MayBegin(attempt))
        {
            return null;
        }

        if (IsHeldNow(attempt))
        {
            return Hold(attempt);
        }

        var token = attempt.Watch(sources.Rent());
        try
        {
            attempt.Deadline = time.GetUtcNow() + attempt.Policy.AttemptTimeout;
            var settlement = await RunAsync(attempt, token).ConfigureAwait(false);
            return settlement is null ? null : composer.Compose(attempt.Record, settlement, attempt.Events);
        }
        finally
        {
            attempt.Ticket?.Lease?.Dispose();
            if (attempt.Unwatch() is { } source)
            {
                sources.Return(source);
            }
        }
    }

    /// <summary>Returns whether the account was found to fail after this attempt was prepared: it would burn a call that is known to be for nothing.</summary>
    private bool IsHeldNow(Attempt attempt) => !attempt.IsProbe && attempt.Breaker.NeedsProbe && !attempt.Breaker.IsUsable(time.GetUtcNow());

    /// <summary>Holds it with the others of its account; where there are other accounts it goes back and is given one of those.</summary>
    private Change Hold(Attempt attempt)
    {
        attempt.Ticket?.Lease?.Dispose();
        return attempt.Target.Accounts.Count == 1
            ? composer.Compose(attempt.Record, AccountStation.Held(attempt, attempt.Target, attempt.Breaker, time.GetUtcNow()))
            : attempt.HandBack();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Settlement?> RunAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        ChannelCall call;
        try
        {
            call = await caller.PrepareAsync(attempt.Record, attempt.Account, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return await NotBuiltAsync(attempt, e, cancellationToken).ConfigureAwait(false);
        }

        using (call)
        {
            if (call.Failure is { } why)
            {
                await effects.NotCalledAsync(attempt.Breaker, attempt.IsProbe).ConfigureAwait(false);
                return Unsendable(attempt, why);
            }

            return attempt.Policy.UnknownOutcome == UnknownOutcome.Park && !await BeginAsync(attempt).ConfigureAwait(false)
                ? null
                : await CallAsync(attempt, call, cancellationToken).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Settlement?> CallAsync(Attempt attempt, ChannelCall call, CancellationToken cancellationToken)
    {
        using var activity = telemetry.IsTracing ? telemetry.StartAttempt(facts.TraceParentOf(attempt.Record.Message), attempt.Record, attempt.Account) : null;
        var startedAt = time.GetUtcNow();
        if (attempt.Record.State.TotalAttempts == 0)
        {
            telemetry.Waited(attempt.Account.Kind, attempt.Record.Delivery.Priority, startedAt - Due(attempt.Record));
        }

        var answer = await caller.CallAsync(call, cancellationToken).ConfigureAwait(false);
        if (answer.Result is null)
        {
            return await WithdrawnAsync(attempt).ConfigureAwait(false);
        }

        var judged = new AttemptFacts
        {
            Record = attempt.Record,
            Policy = attempt.Policy,
            Account = attempt.Account.Name,
            Accounts = attempt.Target.Accounts.Count,
            OwnSender = call.Message!.From is not null,
            StartedAt = startedAt,
            Elapsed = answer.Elapsed,
            Now = startedAt + answer.Elapsed,
            Rendered = call.Rendered,
        };
        telemetry.Attempted(attempt.Account, answer.Outcome, answer.Elapsed);
        activity?.SetTag("messaging.outcome", answer.Outcome);
        await ApplyAsync(attempt, judged, call.Message, answer.Result).ConfigureAwait(false);
        attempt.Events = RecipientEvents.Of(attempt.Record, attempt.Account, call.Message, answer.Result, judged.Now);
        return judge.Judge(judged, attempt.Work.Lease, call.Message, answer.Result);
    }

    /// <summary>What the answer does to others must not cost the delivery its answer.</summary>
    private ValueTask ApplyAsync(Attempt attempt, in AttemptFacts judged, OutboundMessage message, SendResult result)
    {
        try
        {
            var effect = effects.ApplyAsync(attempt.Breaker, attempt.IsProbe, judged, message, result);
            return effect.IsCompletedSuccessfully ? default : FinishAsync(attempt, effect);
        }
        catch (Exception e)
        {
            Log.EffectFailed(logger, attempt.Record.Delivery.Id, e);
            return default;
        }
    }

    private async ValueTask FinishAsync(Attempt attempt, ValueTask effect)
    {
        try
        {
            await effect.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.EffectFailed(logger, attempt.Record.Delivery.Id, e);
        }
    }

    /// <summary>Says durably that the call begins: what is never heard of again is then known to be of unknown outcome.</summary>
    private async ValueTask<bool> BeginAsync(Attempt attempt)
    {
        var result = await commits.CommitAsync(new Change { Begins = [new AttemptStart(attempt.Work.Lease, attempt.Account.Name)] }).ConfigureAwait(false);
        return result.Status == ChangeStatus.Applied;
    }

    /// <summary>Cancelled before the first byte left: because the process stops, the claim is lost, or the call took too long.</summary>
    private async ValueTask<Settlement?> WithdrawnAsync(Attempt attempt)
    {
        await effects.NotCalledAsync(attempt.Breaker, attempt.IsProbe).ConfigureAwait(false);
        var now = time.GetUtcNow();
        if (attempt.Lost)
        {
            return null;
        }

        return attempt.Deadline <= now
            ? Wait(attempt, new Why(WhyCodes.Retry, $"The channel was not ready within {attempt.Policy.AttemptTimeout}."), now)
            : attempt.AsClaimed();
    }

    private async ValueTask<Settlement?> NotBuiltAsync(Attempt attempt, Exception e, CancellationToken cancellationToken)
    {
        if (e is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            return await WithdrawnAsync(attempt).ConfigureAwait(false);
        }

        await effects.NotCalledAsync(attempt.Breaker, attempt.IsProbe).ConfigureAwait(false);
        Log.NotBuilt(logger, attempt.Record.Delivery.Id, attempt.Account.Name, e);
        var why = e is ChannelConfigurationException ? new Why(WhyCodes.AccountInvalid, e.Message) : new Why(WhyCodes.Retry, $"The message could not be made ({e.GetType().Name}).");
        return Wait(attempt, why, time.GetUtcNow());
    }

    private Settlement Wait(Attempt attempt, Why why, DateTimeOffset now)
    {
        var due = clock.Around(s_notBuilt, now);
        return new Settlement { Lease = attempt.Work.Lease, Next = WorkState.Waiting, DueAt = due, Why = why with { Until = due }, At = now };
    }

    /// <summary>What cannot be made goes to the dead letters: somebody may mend the template and redrive it.</summary>
    private Settlement Unsendable(Attempt attempt, Why why) => new()
    {
        Lease = attempt.Work.Lease,
        Next = WorkState.Done,
        DeadLetter = true,
        Proves = MessageEventType.Dead,
        Why = why,
        At = time.GetUtcNow(),
    };

    private static DateTimeOffset Due(DeliveryRecord record) =>
        record.Delivery.DueAt > record.Delivery.AcceptedAt ? record.Delivery.DueAt : record.Delivery.AcceptedAt;

    private static partial class Log
    {
        [LoggerMessage(1250, LogLevel.Error, "Delivery {DeliveryId} could not be made ready for account {Account}; it is tried again.", EventName = "MessageNotBuilt")]
        public static partial void NotBuilt(ILogger logger, DeliveryId deliveryId, string account, Exception exception);

        [LoggerMessage(1252, LogLevel.Error, "The answer to delivery {DeliveryId} is stored, but breaker, suppression or pause could not be.", EventName = "EffectFailed")]
        public static partial void EffectFailed(ILogger logger, DeliveryId deliveryId, Exception exception);
    }
}

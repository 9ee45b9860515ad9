using Messaging.Channels;
using Messaging.RateLimiting;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <inheritdoc cref="IImmediateSender"/>
internal sealed class ImmediateSender(
    IChannelDirectory directory,
    AccountPicker picker,
    SendLimits limits,
    BreakerBoard breakers,
    ChannelCaller caller,
    AttemptJudge judge,
    AttemptEffects effects,
    SettleComposer composer,
    KindPolicies policies,
    TimeProvider time) : IImmediateSender
{
    public async ValueTask<ImmediateOutcome> SendAsync(StoredMessage message, StoredDelivery delivery, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var state = new DeliveryState { Work = WorkState.Leased, Since = now, Evidence = Evidence.None };
        var record = new DeliveryRecord(message, delivery, state);
        if (await directory.FindAsync(delivery.Tenant, delivery.Channel, cancellationToken).ConfigureAwait(false) is not { } target)
        {
            return Refused(record, new Why(WhyCodes.AccountMissing, directory.DescribeUnknown(delivery.Channel)), now);
        }

        var pick = await picker.PickAsync(target, record, now, cancellationToken).ConfigureAwait(false);
        return pick.Account is { } account
            ? await SendAsync(record, target, account, pick.Breaker!, now, cancellationToken).ConfigureAwait(false)
            : Refused(record, Open(target, pick.Breaker), now);
    }

    private async ValueTask<ImmediateOutcome> SendAsync(
        DeliveryRecord record, ChannelTarget target, ChannelAccount account, Breaker breaker, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var delivery = record.Delivery;
        var ticket = limits.TicketFor(delivery.Tenant, account, target.Capabilities, delivery.Address, delivery.Priority, woke: false, now);
        if (ticket is not null)
        {
            await limits.AcquireAsync([ticket], now, cancellationToken).ConfigureAwait(false);
        }

        using var permit = ticket?.Lease;
        if (ticket?.Refusal is { } limited)
        {
            return Refused(record, limited, now);
        }

        var policy = policies[target.Kind];
        var probe = breaker.NeedsProbe && await breakers.TryProbeAsync(breaker, policy.AttemptTimeout, cancellationToken).ConfigureAwait(false);
        return breaker.NeedsProbe && !probe
            ? Refused(record, Open(target, breaker), now)
            : await CallAsync(record, account, breaker, probe, policy, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ImmediateOutcome> CallAsync(
        DeliveryRecord record, ChannelAccount account, Breaker breaker, bool probe, KindPolicy policy, CancellationToken cancellationToken)
    {
        using var call = await PrepareAsync(record, account, breaker, probe, cancellationToken).ConfigureAwait(false);
        if (call.Failure is { } why)
        {
            await effects.NotCalledAsync(breaker, probe).ConfigureAwait(false);
            return Refused(record, why, time.GetUtcNow());
        }

        var startedAt = time.GetUtcNow();
        var answer = await caller.CallAsync(call, cancellationToken).ConfigureAwait(false);
        if (answer.Result is null)
        {
            await effects.NotCalledAsync(breaker, probe).ConfigureAwait(false);
            throw new OperationCanceledException("The send was withdrawn before anything had left.", cancellationToken);
        }

        var facts = new AttemptFacts
        {
            Record = record,
            Policy = policy with { MaxAttempts = 1, UnknownOutcome = UnknownOutcome.Park },
            Account = account.Name,
            Accounts = 1,
            OwnSender = call.Message!.From is not null,
            StartedAt = startedAt,
            Elapsed = answer.Elapsed,
            Now = startedAt + answer.Elapsed,
            Rendered = call.Rendered,
        };
        await effects.ApplyAsync(breaker, probe, facts, call.Message, answer.Result).ConfigureAwait(false);
        return Outcome(record, answer.Result, judge.Judge(facts, default, answer.Result));
    }

    private async ValueTask<ChannelCall> PrepareAsync(DeliveryRecord record, ChannelAccount account, Breaker breaker, bool probe, CancellationToken cancellationToken)
    {
        try
        {
            return await caller.PrepareAsync(record, account, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await effects.NotCalledAsync(breaker, probe).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>There is no later for a send within the call: whatever is not known to have been sent is over.</summary>
    private ImmediateOutcome Outcome(DeliveryRecord record, SendResult result, Settlement settlement)
    {
        var (status, proves) = result switch
        {
            SendResult.Accepted => (SendStatus.Sent, MessageEventType.Submitted),
            SendResult.Unconfirmed => (SendStatus.Unconfirmed, MessageEventType.Unconfirmed),
            _ => (SendStatus.Failed, MessageEventType.Rejected),
        };
        settlement = settlement with { Next = WorkState.Done, Proves = proves, ParkKey = null };
        var why = status == SendStatus.Sent ? null : Why(result);
        var delivery = record.Delivery with
        {
            Work = WorkState.Done,
            Why = why,
            Evidence = Evidence.None.With(proves, settlement.At),
            Attempt = settlement.Attempt,
            ProviderId = settlement.ProviderId,
            Payload = settlement.Payload ?? record.Delivery.Payload,
        };
        return new ImmediateOutcome(delivery, status, why, composer.Enqueues(record, settlement with { Why = why }));
    }

    private static Why Why(SendResult result) => result switch
    {
        SendResult.Rejected rejected => new(WhyCodes.Rejected, $"{rejected.Reason}: {rejected.ProviderText}"),
        SendResult.Throttled throttled => new(WhyCodes.Throttled, $"The provider asks to wait: {throttled.ProviderText}"),
        SendResult.NotSent notSent => new(WhyCodes.Retry, $"It could not be sent: {notSent.Why}"),
        SendResult.Unconfirmed unconfirmed => new(WhyCodes.Unconfirmed, $"The provider may or may not have it: {unconfirmed.Why}"),
        _ => new(WhyCodes.Unconfirmed, "The channel gave an answer of an unknown type."),
    };

    private static Why Open(ChannelTarget target, Breaker? breaker) =>
        new(WhyCodes.BreakerOpen, $"No account of '{target.Name}' can send now: they fail and are left alone.", breaker?.Until);

    private ImmediateOutcome Refused(DeliveryRecord record, Why why, DateTimeOffset now)
    {
        var settlement = new Settlement { Lease = default, Next = WorkState.Done, Proves = MessageEventType.Rejected, Why = why, At = now };
        var delivery = record.Delivery with { Work = WorkState.Done, Why = why, Evidence = Evidence.None.With(MessageEventType.Rejected, now) };
        return new ImmediateOutcome(delivery, SendStatus.Failed, why, composer.Enqueues(record, settlement));
    }
}

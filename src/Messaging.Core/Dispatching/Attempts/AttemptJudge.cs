using System.Globalization;
using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Says what a provider's answer means for the delivery: done, again, elsewhere, held, or never.</summary>
internal sealed class AttemptJudge(RetryClock clock)
{
    /// <summary>What a delivery is parked under whose outcome nobody knows; a receipt releases it.</summary>
    public static string UnconfirmedKey(DeliveryId id) => $"unconfirmed:{id.Value:N}";

    public Settlement Judge(in AttemptFacts facts, LeaseToken lease, SendResult result) => result switch
    {
        SendResult.Accepted accepted => End(facts, lease, MessageEventType.Submitted, null, providerId: accepted.ProviderId),
        SendResult.Rejected rejected => Rejected(facts, lease, rejected),
        SendResult.Throttled throttled => Again(facts, lease, MessageEventType.Deferred, throttled.RetryAfter, throttled.Scope == FailureScope.Account,
            WhyCodes.Throttled, $"The provider asks to wait: {throttled.ProviderText}", throttled.ProviderCode, throttled.ProviderText),
        SendResult.NotSent notSent => Again(facts, lease, MessageEventType.Deferred, null, notSent.Scope == FailureScope.Account,
            WhyCodes.Retry, $"It could not be sent: {notSent.Why}", null, notSent.Why),
        SendResult.Unconfirmed unconfirmed => Unconfirmed(facts, lease, unconfirmed.Why),
        _ => Unconfirmed(facts, lease, "The channel gave an answer of an unknown type."),
    };

    /// <summary>Holds a delivery whose call began and was never heard of again.</summary>
    public static Settlement Park(LeaseToken lease, DeliveryId id, string why, DateTimeOffset now) => new()
    {
        Lease = lease,
        Next = WorkState.Parked,
        ParkKey = UnconfirmedKey(id),
        Proves = MessageEventType.Unconfirmed,
        Why = new Why(WhyCodes.Unconfirmed, $"The provider may or may not have it: {why} It waits for a receipt, or for somebody to retry or cancel it."),
        At = now,
    };

    private Settlement Rejected(in AttemptFacts facts, LeaseToken lease, SendResult.Rejected rejected)
    {
        var text = $"{rejected.Reason}: {rejected.ProviderText}";
        return rejected.Scope switch
        {
            FailureScope.Account => Again(facts, lease, MessageEventType.Rejected, null, true, WhyCodes.Retry, $"The account was refused. {text}", rejected.ProviderCode, rejected.ProviderText),
            FailureScope.Sender when !facts.OwnSender =>
                Again(facts, lease, MessageEventType.Rejected, null, false, WhyCodes.Retry, $"The sender was refused. {text}", rejected.ProviderCode, rejected.ProviderText),
            _ => End(facts, lease, MessageEventType.Rejected, new Why(WhyCodes.Rejected, text), rejected.ProviderCode, rejected.ProviderText),
        };
    }

    private Settlement Unconfirmed(in AttemptFacts facts, LeaseToken lease, string why)
    {
        if (facts.Policy.UnknownOutcome == UnknownOutcome.Park)
        {
            return Park(lease, facts.Record.Delivery.Id, why, facts.Now) with
            {
                Attempt = Outcome(facts, MessageEventType.Unconfirmed, null, why),
                Payload = facts.Rendered,
            };
        }

        var again = Again(facts, lease, MessageEventType.Unconfirmed, null, facts.Policy.FailOverUnconfirmed,
            WhyCodes.Unconfirmed, $"The provider may or may not have it: {why} It is sent again under the same identity.", null, why);
        return again with { Proves = MessageEventType.Unconfirmed };
    }

    private static Settlement End(in AttemptFacts facts, LeaseToken lease, MessageEventType proves, Why? why, string? code = null, string? text = null, string? providerId = null) => new()
    {
        Lease = lease,
        Next = WorkState.Done,
        Why = why,
        Attempt = Outcome(facts, proves, code, text),
        Proves = proves,
        At = facts.Now,
        ProviderId = providerId,
        Payload = facts.Rendered,
    };

    /// <summary>Decides between another account now, the same one later, and the dead letters.</summary>
    private Settlement Again(
        in AttemptFacts facts, LeaseToken lease, MessageEventType result, TimeSpan? retryAfter, bool elsewhere, string code, string text, string? providerCode, string? providerText)
    {
        var attempts = facts.Record.State.Attempts + 1;
        var settlement = new Settlement
        {
            Lease = lease,
            Next = WorkState.Waiting,
            Attempt = Outcome(facts, result, providerCode, providerText),
            At = facts.Now,
            Payload = facts.Rendered,
        };
        if (attempts >= facts.Policy.MaxAttempts)
        {
            var why = new Why(WhyCodes.AttemptsExhausted, string.Create(CultureInfo.InvariantCulture, $"All {attempts} attempts are used up. The last one: {text}"));
            return settlement with { Next = WorkState.Done, DeadLetter = true, Proves = MessageEventType.Dead, Why = why };
        }

        // Every account of a group is tried once without waiting; then all of them wait.
        if (elsewhere && attempts % facts.Accounts != 0)
        {
            return settlement with { Next = WorkState.Ready, Why = new Why(WhyCodes.FailedOver, $"The account '{facts.Account}' could not send; another one of its group is tried. {text}") };
        }

        var due = Sooner(clock.Next(facts.Policy, attempts, retryAfter, facts.Now), facts.Record.Message.ExpiresAt);
        return settlement with { DueAt = due, Why = new Why(code, text, due) };
    }

    private static AttemptOutcome Outcome(in AttemptFacts facts, MessageEventType result, string? code, string? text) =>
        new(facts.Account, facts.StartedAt, facts.Elapsed, result) { ProviderCode = code, ProviderText = text };

    /// <summary>Nobody waits beyond the end of a message's time: then it is known to have expired.</summary>
    private static DateTimeOffset Sooner(DateTimeOffset due, DateTimeOffset? expires) => expires is { } end && end < due ? end : due;
}

using System.Globalization;
using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>What an answer does besides deciding the delivery: by whose fault it is, to the account's breaker, the sender, or the address.</summary>
internal sealed class AttemptEffects(BreakerBoard breakers, AddressEffects addresses, SenderEffects senders)
{
    /// <summary>Applies an answer.</summary>
    public ValueTask ApplyAsync(Breaker breaker, bool probe, in AttemptFacts facts, OutboundMessage message, SendResult result) => result switch
    {
        SendResult.Accepted { Recipients.Count: 0 } => breakers.SucceededAsync(breaker, probe, CancellationToken.None),
        SendResult.Rejected { Scope: FailureScope.Account } rejected => breakers.FailedAsync(
            breaker, probe, rejected.Reason == RejectionReason.Authentication, null, rejected.ProviderText, CancellationToken.None),
        SendResult.Throttled { Scope: FailureScope.Account } throttled => breakers.FailedAsync(
            breaker, probe, fatal: false, throttled.RetryAfter, throttled.ProviderText, CancellationToken.None),
        SendResult.NotSent { Scope: FailureScope.Account } notSent => breakers.FailedAsync(breaker, probe, fatal: false, null, notSent.Why, CancellationToken.None),
        SendResult.NotSent => NotCalledAsync(breaker, probe),
        SendResult.Unconfirmed unconfirmed => probe ? breakers.FailedAsync(breaker, probe, fatal: false, null, unconfirmed.Why, CancellationToken.None) : default,
        _ => AnsweredAsync(breaker, probe, facts, message, result),
    };

    /// <summary>Gives back the right to try an account when no call was made after all.</summary>
    public ValueTask NotCalledAsync(Breaker breaker, bool probe) => probe ? breakers.ReturnProbeAsync(breaker, CancellationToken.None) : default;

    /// <summary>The account works; what was refused is somebody else's fault.</summary>
    private async ValueTask AnsweredAsync(Breaker breaker, bool probe, AttemptFacts facts, OutboundMessage message, SendResult result)
    {
        await breakers.SucceededAsync(breaker, probe, CancellationToken.None).ConfigureAwait(false);
        if (result is SendResult.Rejected { Scope: FailureScope.Sender } sender && !facts.OwnSender)
        {
            await senders.RefusedAsync(facts.Record, facts.Account, sender.ProviderText, CancellationToken.None).ConfigureAwait(false);
        }

        for (var i = 0; i < RecipientPlaces.CountOf(message); i++)
        {
            var place = RecipientPlaces.PlaceOf(message, i);
            if (RecipientPlaces.AnswerOf(result, place) is SendResult.Rejected { Scope: FailureScope.Address } refused)
            {
                await RefusedAsync(facts, message, place, refused).ConfigureAwait(false);
            }
        }
    }

    private ValueTask RefusedAsync(AttemptFacts facts, OutboundMessage message, int place, SendResult.Rejected rejected)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{facts.Record.Delivery.Id.Value:N}:{facts.Record.State.TotalAttempts}:{place}");
        var address = RecipientPlaces.AddressOf(facts.Record, message, place);
        return addresses.RefusedAsync(facts.Record.Delivery.Tenant, address, rejected.Reason, key, facts.Account, CancellationToken.None);
    }
}

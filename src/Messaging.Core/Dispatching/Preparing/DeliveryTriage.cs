using System.Globalization;
using Messaging.Sending;
using Messaging.Storage;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>Finds the claimed deliveries whose end is known without asking anybody: poison, receipts that came first, broken calls, expiry.</summary>
internal sealed class DeliveryTriage(KindPolicies policies, IOptionsMonitor<DispatcherOptions> options, IPayloadFacts facts)
{
    /// <summary>Decides.</summary>
    /// <returns><see langword="null"/> when it is to be sent.</returns>
    public Settlement? Decide(LeasedWork work, DateTimeOffset now)
    {
        var (message, delivery, state) = work.Delivery!;
        if (work.Claims > options.CurrentValue.MaxClaims)
        {
            return End(work, MessageEventType.Dead, now, new Why(WhyCodes.Poison, string.Create(
                CultureInfo.InvariantCulture,
                $"It was claimed {work.Claims} times and never settled: it may be what kills the process. Look into it before it is redriven."))) with { DeadLetter = true };
        }

        if (IsKnown(state) && !facts.IsAboutCopies(work.Delivery))
        {
            return End(work, MessageEventType.Unknown, now, state.Why);
        }

        if (state.AttemptBegan && policies[delivery.Address.Kind].UnknownOutcome == UnknownOutcome.Park)
        {
            return AttemptJudge.Park(work.Lease, delivery.Id, "the process that made the call ended before the answer was stored.", now);
        }

        return message.ExpiresAt is { } end && end <= now
            ? End(work, MessageEventType.Expired, now, new Why(WhyCodes.Expired, "The time in which sending made sense is over.", end))
            : null;
    }

    /// <summary>A receipt said what became of an earlier call: nothing is sent again, except to copies that have no answer yet.</summary>
    private static bool IsKnown(DeliveryState state)
    {
        foreach (var entry in state.Evidence.Entries)
        {
            if (entry.Generation == state.Generation && entry.Type is MessageEventType.Submitted or MessageEventType.Sent or MessageEventType.Deferred
                or MessageEventType.Delivered or MessageEventType.Read or MessageEventType.Undelivered or MessageEventType.HardBounced or MessageEventType.SoftBounced)
            {
                return true;
            }
        }

        return false;
    }

    private static Settlement End(LeasedWork work, MessageEventType proves, DateTimeOffset now, Why? why) =>
        new() { Lease = work.Lease, Next = WorkState.Done, Proves = proves, Why = why, At = now };
}

using Messaging.Storage;

namespace Messaging.Routing;

/// <summary>What the store knows of a step.</summary>
/// <param name="Standing">How it stands.</param>
/// <param name="Left">Whether the provider has the message, or may have it.</param>
/// <param name="Unsent">Whether it can still be withdrawn.</param>
/// <param name="HeldUntil">Until when a gate holds it; the greatest instant when nobody knows.</param>
internal readonly record struct StepFacts(StepStanding Standing, bool Left = false, bool Unsent = false, DateTimeOffset? HeldUntil = null)
{
    public static StepFacts Of(PlanStep step, DeliveryState? state)
    {
        if (state is null)
        {
            return new StepFacts(StepStanding.NotStarted);
        }

        var maybe = state.Evidence.Has(MessageEventType.Unconfirmed);
        var left = maybe || Arrival.HasLeft(state.Evidence);
        return new StepFacts(Stand(step, state), left, state.Work != WorkState.Done && !maybe, Held(state));
    }

    private static StepStanding Stand(PlanStep step, DeliveryState state) => state.Status switch
    {
        DeliveryStatus.Delivered or DeliveryStatus.Read => StepStanding.Arrived,
        DeliveryStatus.Failed or DeliveryStatus.Bounced or DeliveryStatus.Expired or DeliveryStatus.Suppressed => StepStanding.Failed,
        DeliveryStatus.Canceled => state.Why?.Code == WhyCodes.StoodDown ? StepStanding.StoodDown : StepStanding.Withdrawn,
        _ => Arrival.IsProven(state.Evidence, step.Proof) ? StepStanding.Arrived : StepStanding.Pending,
    };

    /// <summary>What waits for the morning is not late: its time begins when it may go. A rate limit or a retry is no such reason.</summary>
    private static DateTimeOffset? Held(DeliveryState state) => state switch
    {
        { Attempts: > 0 } => null,
        { Work: WorkState.Waiting, Why.Code: not WhyCodes.RateLimited } => state.DueAt,
        { Work: WorkState.Parked, Why.Code: not WhyCodes.BreakerOpen } => DateTimeOffset.MaxValue,
        _ => null,
    };
}

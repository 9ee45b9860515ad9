namespace Messaging.Routing;

/// <summary>Decides a plan's next move out of what is known now, whatever happened in between and in which order it became known.</summary>
internal static class PlanLogic
{
    /// <summary>Decides.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="facts">What is known of each of its steps.</param>
    /// <param name="now">The instant.</param>
    public static PlanMove Decide(DeliveryPlan plan, ReadOnlySpan<StepFacts> facts, DateTimeOffset now)
    {
        if (plan.Status == PlanStatus.Canceled)
        {
            return PlanMove.Nothing.Instance;
        }

        if (Any(facts, StepStanding.Arrived))
        {
            return Arrived(plan, facts);
        }

        return facts[plan.Current].Standing switch
        {
            StepStanding.Withdrawn => new PlanMove.End(PlanStatus.Canceled),
            StepStanding.Pending => Wait(plan, facts, now),
            _ => Next(plan, facts) ?? Exhausted(plan, facts),
        };
    }

    private static PlanMove Arrived(DeliveryPlan plan, ReadOnlySpan<StepFacts> facts)
    {
        List<int> standDown = [];
        var reached = 0;
        for (var i = 0; i < facts.Length; i++)
        {
            reached += facts[i].Left ? 1 : 0;
            if (facts[i] is { Standing: StepStanding.Pending, Unsent: true })
            {
                standDown.Add(i);
            }
        }

        var duplicate = reached > 1;
        return plan.Status == PlanStatus.Arrived && standDown.Count == 0 && plan.DuplicateReach == duplicate
            ? PlanMove.Nothing.Instance
            : new PlanMove.Arrive(standDown, duplicate);
    }

    private static PlanMove Wait(DeliveryPlan plan, ReadOnlySpan<StepFacts> facts, DateTimeOffset now)
    {
        var step = plan.Steps[plan.Current];
        if (step.Deadline is not { } deadline || now < deadline)
        {
            return PlanMove.Nothing.Instance;
        }

        return facts[plan.Current].HeldUntil is { } held
            ? new PlanMove.Postpone((held == DateTimeOffset.MaxValue || held < now ? now : held) + step.Within!.Value)
            : Next(plan, facts) ?? PlanMove.Nothing.Instance;
    }

    /// <summary>The first step that was not tried: in the order of the route, so that a step which stood down for nothing comes before later ones.</summary>
    private static PlanMove? Next(DeliveryPlan plan, ReadOnlySpan<StepFacts> facts)
    {
        for (var i = 0; i < facts.Length; i++)
        {
            if (facts[i].Standing == StepStanding.StoodDown)
            {
                return new PlanMove.Restart(i);
            }

            if (facts[i].Standing == StepStanding.NotStarted && plan.Steps[i].Payload is not null)
            {
                return new PlanMove.Start(i);
            }
        }

        return null;
    }

    private static PlanMove Exhausted(DeliveryPlan plan, ReadOnlySpan<StepFacts> facts) =>
        plan.Status == PlanStatus.Exhausted || Any(facts, StepStanding.Pending) ? PlanMove.Nothing.Instance : new PlanMove.End(PlanStatus.Exhausted);

    private static bool Any(ReadOnlySpan<StepFacts> facts, StepStanding standing)
    {
        foreach (var fact in facts)
        {
            if (fact.Standing == standing)
            {
                return true;
            }
        }

        return false;
    }
}

using Messaging.Storage;

namespace Messaging.Routing;

internal sealed class PlanFactory(IdGenerator ids) : IPlanFactory
{
    public PlanId NewId() => new(ids.Next());

    public PlanDraft Create(PlanId id, Route.Fallback route, IReadOnlyList<PlanStepDraft> steps, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfZero(steps.Count);
        var first = steps[0].Delivery with { PlanId = id, PlanStep = steps[0].Step };
        var planSteps = new PlanStep[steps.Count];
        for (var i = 0; i < planSteps.Length; i++)
        {
            planSteps[i] = Step(route, steps[i]);
        }

        planSteps[0] = planSteps[0] with { DeliveryId = first.Id, Payload = null, Deadline = Deadline(planSteps, first, now) };
        var plan = new DeliveryPlan
        {
            Id = id,
            Tenant = first.Tenant,
            MessageId = first.MessageId,
            Route = route.Name,
            Steps = planSteps,
            Priority = first.Priority,
            ContactId = first.ContactId,
            Reference = first.Reference,
        };
        return new PlanDraft(first, EntityChange.Put(plan, expectedVersion: 0), Check(plan, first, now));
    }

    /// <summary>Nobody waits for the last step: nothing comes after it.</summary>
    public static DateTimeOffset? Deadline(IReadOnlyList<PlanStep> steps, StoredDelivery delivery, DateTimeOffset now, int at = 0) =>
        at + 1 < steps.Count && steps[at].Within is { } within
            ? (delivery.Work == WorkState.Waiting && delivery.DueAt > now ? delivery.DueAt : now) + within
            : null;

    private static PlanStep Step(Route.Fallback route, PlanStepDraft draft) => new()
    {
        Step = draft.Step,
        Channel = draft.Delivery.Channel,
        Address = draft.Delivery.Address,
        Proof = draft.Proof,
        Within = route.Steps[draft.Step].Within,
        Payload = draft.Delivery.Payload.ToArray(),
    };

    private WorkItem? Check(DeliveryPlan plan, StoredDelivery first, DateTimeOffset now)
    {
        var stopped = first.Work == WorkState.Done && plan.Steps.Count > 1;
        return (stopped ? now : plan.Steps[0].Deadline) is { } due
            ? RouteCheckWork.Create(ids, plan.Tenant, plan.Id, plan.Priority, due)
            : null;
    }
}

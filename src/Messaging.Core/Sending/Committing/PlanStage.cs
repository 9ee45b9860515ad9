using Messaging.Gates;
using Messaging.Routing;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Turns drafts into deliveries and, for a fallback route, the plan that starts the later ones.</summary>
internal sealed class PlanStage(IPlanFactory plans)
{
    /// <summary>Adds what one recipient brings to a change.</summary>
    public void Add(Submission submission, MessageId message, Draft draft, ChangeParts parts)
    {
        if (submission.IsBroadcast)
        {
            foreach (var step in draft.Steps)
            {
                parts.Deliveries.Add(DeliveryFactory.Make(submission, message, draft, step, null));
            }

            return;
        }

        var left = draft.Steps.Length - draft.Current;
        var plan = left > 1 && submission.Route is Route.Fallback ? plans.NewId() : default(PlanId?);
        for (var i = 0; i < Math.Min(draft.Current, draft.Steps.Length); i++)
        {
            // Suppressed at accept: kept for the record, beside the step that goes in its place.
            parts.Deliveries.Add(DeliveryFactory.Make(submission, message, draft, draft.Steps[i], null));
        }

        if (plan is { } id)
        {
            AddPlan(submission, message, draft, id, parts);
        }
        else if (left > 0)
        {
            parts.Deliveries.Add(DeliveryFactory.Make(submission, message, draft, draft.Steps[draft.Current], null));
        }
    }

    private void AddPlan(Submission submission, MessageId message, Draft draft, PlanId id, ChangeParts parts)
    {
        var steps = new PlanStepDraft[draft.Steps.Length - draft.Current];
        for (var i = 0; i < steps.Length; i++)
        {
            var step = draft.Steps[draft.Current + i];
            steps[i] = new PlanStepDraft(
                step.Way.Step, DeliveryFactory.Make(submission, message, draft, step, id), step.Target.Capabilities.BestProof);
        }

        var planned = plans.Create(id, (Route.Fallback)submission.Route!, steps, submission.Now);
        parts.Deliveries.Add(planned.First);
        parts.Entities.Add(planned.Plan);
        if (planned.Check is { } check)
        {
            parts.Enqueues.Add(check);
        }
    }
}

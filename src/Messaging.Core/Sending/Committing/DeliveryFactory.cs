using Messaging.Gates;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Makes the deliveries that a store keeps, in the state that the gates and the schedule put them.</summary>
internal static class DeliveryFactory
{
    /// <summary>Makes a delivery.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="message">The message.</param>
    /// <param name="draft">The recipient.</param>
    /// <param name="step">The step.</param>
    /// <param name="plan">The plan that it belongs to.</param>
    public static StoredDelivery Make(Submission submission, MessageId message, Draft draft, DraftStep step, PlanId? plan)
    {
        var (work, due, why) = Start(submission, step.Candidate);
        return new StoredDelivery
        {
            Id = step.Id,
            MessageId = message,
            Tenant = submission.Tenant,
            Address = step.Address,
            Channel = step.Way.Channel,
            Priority = submission.Priority,
            AcceptedAt = submission.Now,
            ContactId = draft.ContactId,
            Reference = draft.Reference ?? submission.Request.Reference,
            PlanId = plan,
            PlanStep = step.Way.Step,
            ItemHash = draft.ItemHash,
            Work = work,
            DueAt = due,
            ParkKey = work == WorkState.Parked ? step.Candidate?.ParkKey : null,
            Why = why,
            Evidence = work == WorkState.Done ? Evidence.None.With(MessageEventType.Suppressed, submission.Now) : Evidence.None,
            Payload = submission.Buffer.Slice(step.Payload.Start, step.Payload.End),
        };
    }

    /// <summary>What has no end holds only what would go now: a scheduled delivery waits for its time, and is asked about again then.</summary>
    private static (WorkState Work, DateTimeOffset DueAt, Why? Why) Start(Submission submission, GateCandidate? candidate)
    {
        var sendsAt = submission.SendsAt;
        return candidate switch
        {
            { Outcome: GateOutcome.Suppress } => (WorkState.Done, submission.Now, candidate.Why),
            { Outcome: GateOutcome.Defer, Why.Until: { } until } => (WorkState.Waiting, until > sendsAt ? until : sendsAt, candidate.Why),
            { Outcome: GateOutcome.Defer } when sendsAt == submission.Now => (WorkState.Parked, submission.Now, candidate.Why),
            _ when sendsAt > submission.Now => (WorkState.Waiting, sendsAt, Scheduled(sendsAt)),
            _ => (WorkState.Ready, submission.Now, null),
        };
    }

    /// <summary>Says that the caller's own schedule holds it.</summary>
    public static Why Scheduled(DateTimeOffset at) => new(WhyCodes.Scheduled, "It is scheduled for a later moment.", at);
}

using Messaging.Gates;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Says what became of a request.</summary>
internal static class Receipts
{
    private static readonly Why Duplicate = new(WhyCodes.Duplicate, "The same request was accepted before under the same idempotency key.");
    private static readonly Why Conflict = new(WhyCodes.Conflict, "The idempotency key was used before for another request. Give the new request a key of its own.");

    /// <summary>Makes the receipt of a request that was there before.</summary>
    public static SendReceipt Repeated(ChangeResult result, MessageId own) => new()
    {
        MessageId = result.Existing ?? own,
        Status = result.Status == ChangeStatus.Conflict ? SendStatus.Conflict : SendStatus.Duplicate,
        Why = result.Status == ChangeStatus.Conflict ? Conflict : Duplicate,
    };

    /// <summary>Makes the receipt of a request that is stored now.</summary>
    public static SendReceipt Accepted(Submission submission, MessageId message)
    {
        var deliveries = new DeliveryReceipt[submission.Drafts.Length];
        var best = 0;
        for (var i = 0; i < deliveries.Length; i++)
        {
            deliveries[i] = Of(submission, submission.Drafts[i]);
            best = Rank(deliveries[i].Status) < Rank(deliveries[best].Status) ? i : best;
        }

        return new SendReceipt
        {
            MessageId = message,
            Status = deliveries[best].Status,
            Why = deliveries[best].Why,
            Deliveries = deliveries,
        };
    }

    /// <summary>Says what became of one recipient: of a route, the step that goes first, or of a broadcast, the one that goes best.</summary>
    public static DeliveryReceipt Of(Submission submission, Draft draft)
    {
        if (!submission.IsBroadcast)
        {
            return Of(submission, draft.Steps[Math.Min(draft.Current, draft.Steps.Length - 1)]);
        }

        var best = Of(submission, draft.Steps[0]);
        for (var i = 1; i < draft.Steps.Length; i++)
        {
            var other = Of(submission, draft.Steps[i]);
            best = Rank(other.Status) < Rank(best.Status) ? other : best;
        }

        return best;
    }

    /// <summary>Says what became of one step.</summary>
    public static DeliveryReceipt Of(Submission submission, DraftStep step) => step.Candidate switch
    {
        { Outcome: GateOutcome.Suppress, Why: var why } => new(step.Id, SendStatus.Suppressed, why),
        { Outcome: GateOutcome.Defer, Why: var why } when why?.Until is not null || submission.SendsAt == submission.Now => new(step.Id, SendStatus.Scheduled, why),
        _ when submission.SendsAt > submission.Now => new(step.Id, SendStatus.Scheduled, DeliveryFactory.Scheduled(submission.SendsAt)),
        _ => new(step.Id, SendStatus.Accepted),
    };

    private static int Rank(SendStatus status) => status switch
    {
        SendStatus.Accepted => 0,
        SendStatus.Scheduled => 1,
        _ => 2,
    };
}

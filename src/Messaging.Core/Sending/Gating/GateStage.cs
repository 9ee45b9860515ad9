using Messaging.Gates;

namespace Messaging.Sending;

/// <summary>Asks the gates about the deliveries of a submission, all in one batch. Of a fallback route, about the next step when one is suppressed.</summary>
internal sealed class GateStage(IGatePipeline gates, ParkedWork parked)
{
    public ValueTask AskAsync(Submission submission, CancellationToken cancellationToken)
    {
        if (submission is { IsBroadcast: false, Drafts: [var only] })
        {
            var candidate = Candidate(submission, only, only.Steps[0]);
            return only.Steps.Length == 1
                ? gates.EvaluateAsync(new GateBatch([candidate], submission.SendsAt), cancellationToken)
                : AskInTurnAsync(submission, [candidate], cancellationToken);
        }

        return AskInTurnAsync(submission, First(submission), cancellationToken);
    }

    /// <summary>Asks about what is sent next, within the call: what counts messages counts now.</summary>
    public ValueTask CountAsync(Submission submission, CancellationToken cancellationToken)
    {
        var passed = new List<GateCandidate>(submission.Drafts.Length);
        foreach (var draft in submission.Drafts)
        {
            if (draft.Steps[0].Candidate is { Outcome: GateOutcome.Pass } candidate)
            {
                passed.Add(candidate);
            }
        }

        return passed.Count == 0 ? default : gates.RecheckAsync(new GateBatch(passed, submission.Now), waited: false, cancellationToken);
    }

    /// <summary>Looks once more at what the commit parked, in case it was resumed meanwhile; whoever waits for the receipt cannot cut this short.</summary>
    public async ValueTask ConfirmAsync(Submission submission)
    {
        HashSet<string>? keys = null;
        foreach (var draft in submission.Drafts)
        {
            foreach (var step in draft.Steps)
            {
                if (step.Candidate?.ParkKey is { } key && (keys ??= []).Add(key))
                {
                    await parked.ConfirmAsync(submission.Tenant, key, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Makes what the gates see of a step.</summary>
    public static GateCandidate Candidate(Submission submission, Draft draft, DraftStep step) => step.Candidate = new GateCandidate
    {
        Tenant = submission.Tenant,
        DeliveryId = step.Id,
        Address = step.Address,
        ContactId = draft.ContactId,
        Channel = step.Way.Channel,
        Template = submission.Request.Template?.Code,
        Category = submission.Request.Category,
        Priority = submission.Priority,
        TimeZone = draft.TimeZone,
    };

    private static GateCandidate[] First(Submission submission)
    {
        var candidates = new List<GateCandidate>(submission.Drafts.Length);
        foreach (var draft in submission.Drafts)
        {
            var steps = submission.IsBroadcast ? draft.Steps.Length : 1;
            for (var i = 0; i < steps; i++)
            {
                candidates.Add(Candidate(submission, draft, draft.Steps[i]));
            }
        }

        return [.. candidates];
    }

    private async ValueTask AskInTurnAsync(Submission submission, GateCandidate[] candidates, CancellationToken cancellationToken)
    {
        while (candidates.Length > 0)
        {
            await gates.EvaluateAsync(new GateBatch(candidates, submission.SendsAt), cancellationToken).ConfigureAwait(false);
            candidates = submission.IsBroadcast ? [] : [.. Next(submission)];
        }
    }

    /// <summary>Moves those who are suppressed on to their next step, and returns what is to be asked about it.</summary>
    private static List<GateCandidate> Next(Submission submission)
    {
        var candidates = new List<GateCandidate>();
        foreach (var draft in submission.Drafts)
        {
            if (draft.Current < draft.Steps.Length && draft.Steps[draft.Current].Candidate?.Outcome == GateOutcome.Suppress && ++draft.Current < draft.Steps.Length)
            {
                candidates.Add(Candidate(submission, draft, draft.Steps[draft.Current]));
            }
        }

        return candidates;
    }
}

using Messaging.Gates;

namespace Messaging.Sending;

/// <summary>Says what would become of a request: the same way as <see cref="AcceptPipeline"/>, up to the gates, each of which gives its verdict.</summary>
internal sealed class ExplainPipeline(AcceptPipeline accept, IGatePipeline gates, BufferPool buffers)
{
    private const string Schedule = "schedule";

    public async ValueTask<SendDecision> ExplainAsync(SendRequest request, HubTenant tenant, CancellationToken cancellationToken)
    {
        var buffer = buffers.Rent();
        try
        {
            var submission = accept.Begin(request, tenant, buffer);
            await accept.PrepareAsync(submission, cancellationToken).ConfigureAwait(false);
            return submission.Problems.IsEmpty
                ? new SendDecision { Recipients = await AskAsync(submission, cancellationToken).ConfigureAwait(false) }
                : new SendDecision { Problems = submission.Problems.All };
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    private async ValueTask<RecipientDecision[]> AskAsync(Submission submission, CancellationToken cancellationToken)
    {
        var decisions = new RecipientDecision[submission.Drafts.Length];
        for (var i = 0; i < decisions.Length; i++)
        {
            decisions[i] = await AskAsync(submission, submission.Drafts[i], cancellationToken).ConfigureAwait(false);
        }

        return decisions;
    }

    /// <summary>Of a fallback route, the step that would go first: the next one when a gate suppresses it.</summary>
    private async ValueTask<RecipientDecision> AskAsync(Submission submission, Draft draft, CancellationToken cancellationToken)
    {
        RecipientDecision? first = null;
        foreach (var step in draft.Steps)
        {
            step.Id = default;
            var verdicts = await gates.ExplainAsync(GateStage.Candidate(submission, draft, step), submission.SendsAt, cancellationToken).ConfigureAwait(false);
            var decision = Decide(submission, draft, step, verdicts);
            if (decision.Outcome != GateOutcome.Suppress)
            {
                return decision;
            }

            first ??= decision;
        }

        return first!;
    }

    private static RecipientDecision Decide(Submission submission, Draft draft, DraftStep step, IReadOnlyList<GateVerdict> asked)
    {
        var verdicts = submission.SendsAt > submission.Now
            ? [.. asked, new GateVerdict(Schedule, GateOutcome.Defer, DeliveryFactory.Scheduled(submission.SendsAt))]
            : asked;
        var decisive = First(verdicts);
        return new RecipientDecision
        {
            Outcome = decisive?.Outcome ?? GateOutcome.Pass,
            Why = decisive?.Why,
            Kind = step.Target.Kind,
            Account = step.Target.Accounts[0].Name,
            Locale = step.Template is null ? null : draft.Locale,
            TemplateVersion = step.Template?.Version.Version,
            Verdicts = verdicts,
        };
    }

    private static GateVerdict? First(IReadOnlyList<GateVerdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            if (verdict.Outcome != GateOutcome.Pass)
            {
                return verdict;
            }
        }

        return null;
    }
}

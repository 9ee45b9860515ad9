using Messaging.Gates;

namespace Messaging;

/// <summary>What would become of a request, and why. Nothing was stored.</summary>
public sealed record SendDecision
{
    /// <summary>Gets everything that is wrong with the request; when there is anything, no gate was asked.</summary>
    public IReadOnlyList<RequestProblem> Problems { get; init; } = [];

    /// <summary>Gets the decision for each recipient, in order.</summary>
    public IReadOnlyList<RecipientDecision> Recipients { get; init; } = [];

    /// <summary>Gets a value indicating whether every recipient would get the message at once.</summary>
    public bool WouldSendNow => Problems.Count == 0 && Recipients.All(r => r.Outcome == GateOutcome.Pass);
}

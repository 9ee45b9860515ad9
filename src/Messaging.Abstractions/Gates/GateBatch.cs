namespace Messaging.Gates;

/// <summary>Deliveries that gates look at together. Those that an earlier gate stopped are no longer in it, unless everything is to be explained.</summary>
public sealed class GateBatch
{
    /// <summary>Initializes a batch.</summary>
    /// <param name="candidates">The deliveries; the list is not copied.</param>
    /// <param name="now">The instant for which the gates decide.</param>
    /// <param name="dryRun">Whether nothing may be counted or kept.</param>
    public GateBatch(IReadOnlyList<GateCandidate> candidates, DateTimeOffset now, bool dryRun = false) =>
        (Candidates, Now, DryRun) = (candidates, now, dryRun);

    /// <summary>Gets the deliveries.</summary>
    public IReadOnlyList<GateCandidate> Candidates { get; }

    /// <summary>Gets the instant for which the gates decide.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Gets a value indicating whether nothing may be counted or kept.</summary>
    public bool DryRun { get; }
}

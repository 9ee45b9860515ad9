namespace Messaging.Gates;

/// <summary>Deliveries that gates look at together. Those that an earlier gate stopped are no longer in it, unless everything is to be explained.</summary>
public sealed class GateBatch
{
    /// <summary>Initializes a batch.</summary>
    /// <param name="candidates">The deliveries; the list is not copied.</param>
    /// <param name="now">The instant for which the gates decide.</param>
    /// <param name="dryRun">Whether nothing may be counted or kept.</param>
    /// <param name="beforeSend">Whether what passes is sent next.</param>
    public GateBatch(IReadOnlyList<GateCandidate> candidates, DateTimeOffset now, bool dryRun = false, bool beforeSend = false) =>
        (Candidates, Now, DryRun, BeforeSend) = (candidates, now, dryRun, beforeSend);

    /// <summary>Gets the deliveries.</summary>
    public IReadOnlyList<GateCandidate> Candidates { get; }

    /// <summary>Gets the instant for which the gates decide.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Gets a value indicating whether nothing may be counted or kept.</summary>
    public bool DryRun { get; }

    /// <summary>Gets a value indicating whether what passes is sent next: a gate that counts what is sent counts now, and not at accept, so that duplicates and what is withdrawn cost nobody anything.</summary>
    public bool BeforeSend { get; }
}

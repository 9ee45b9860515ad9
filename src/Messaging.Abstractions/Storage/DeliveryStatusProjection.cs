namespace Messaging.Storage;

/// <summary>The status as a function of work and evidence, whatever the order in which that came.</summary>
/// <remarks>
/// <para>Proof of arrival (read, delivered) beats every negative but a bounce of the latest generation: a hard one wins over any proof, a soft
/// one over earlier proof only.</para>
/// <para>Negatives count in the latest generation only. Positives count in any generation that they were not overruled in: a redrive after
/// "delivered, then bounced" starts with neither.</para>
/// <para>Of several negatives the most specific names the status: bounced, failed, expired, canceled, suppressed.</para>
/// </remarks>
public static class DeliveryStatusProjection
{
    /// <summary>Projects the status.</summary>
    /// <param name="work">Where the delivery stands in the queue.</param>
    /// <param name="attempts">Provider calls so far: before the first a wait is a schedule, after it a retry.</param>
    /// <param name="evidence">What is known. Its generation is the latest that has an entry, or <paramref name="generation"/> when that is later.</param>
    /// <param name="generation">How often the delivery was redriven.</param>
    public static DeliveryStatus Project(WorkState work, int attempts, Evidence evidence, int generation = 0)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return Project(work, attempts, evidence.Entries.AsSpan(), generation);
    }

    /// <summary>Projects the status from evidence that a store keeps in its own form.</summary>
    /// <param name="work">Where the delivery stands in the queue.</param>
    /// <param name="attempts">Provider calls so far.</param>
    /// <param name="evidence">What is known, ordered as <see cref="Evidence.Entries"/> is.</param>
    /// <param name="generation">How often the delivery was redriven.</param>
    public static DeliveryStatus Project(WorkState work, int attempts, ReadOnlySpan<EvidenceEntry> evidence, int generation = 0)
    {
        if (evidence.IsEmpty)
        {
            return OfWork(work, attempts);
        }

        var facts = EvidenceSummary.Of(evidence, Math.Max(generation, evidence[^1].Generation));
        return facts.Bounced ? DeliveryStatus.Bounced
            : facts.Read ? DeliveryStatus.Read
            : facts.Delivered ? DeliveryStatus.Delivered
            : work == WorkState.Done ? Ended(facts)
            : work != WorkState.Leased && facts.InDoubt && !facts.Left ? DeliveryStatus.Unconfirmed
            : OfWork(work, attempts);
    }

    private static DeliveryStatus Ended(in EvidenceSummary facts) =>
        facts.Failed ? DeliveryStatus.Failed
        : facts.Expired ? DeliveryStatus.Expired
        : facts.Canceled ? DeliveryStatus.Canceled
        : facts.Suppressed ? DeliveryStatus.Suppressed
        : facts.Left ? DeliveryStatus.Sent
        : facts.EverInDoubt ? DeliveryStatus.Unconfirmed
        : DeliveryStatus.Failed;

    private static DeliveryStatus OfWork(WorkState work, int attempts) => work switch
    {
        WorkState.Waiting => attempts == 0 ? DeliveryStatus.Scheduled : DeliveryStatus.Queued,
        WorkState.Leased => DeliveryStatus.Sending,
        WorkState.Done => DeliveryStatus.Failed,
        _ => DeliveryStatus.Queued,
    };
}

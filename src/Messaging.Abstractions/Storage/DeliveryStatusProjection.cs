namespace Messaging.Storage;

/// <summary>The status as a function of work and evidence. Positives count in any generation, negatives in the latest only.</summary>
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
        if (evidence.Entries.IsEmpty)
        {
            return Work(work, attempts);
        }

        var latest = Math.Max(generation, evidence.Entries[^1].Generation);
        if (Bounced(evidence, latest))
        {
            return DeliveryStatus.Bounced;
        }

        return Arrived(evidence)
            ?? (work == WorkState.Done ? Ended(evidence, latest) : Active(work, attempts, evidence, latest));
    }

    /// <summary>A hard bounce beats any proof of arrival; a soft one only an earlier proof.</summary>
    private static bool Bounced(Evidence evidence, int latest)
    {
        if (evidence.Has(MessageEventType.HardBounced, latest))
        {
            return true;
        }

        return evidence.Last(MessageEventType.SoftBounced, latest) is { } bounced
            && (Proof(evidence) is not { } proof || bounced > proof);
    }

    private static DateTimeOffset? Proof(Evidence evidence)
    {
        var delivered = evidence.Last(MessageEventType.Delivered);
        var read = evidence.Last(MessageEventType.Read);
        return delivered is null || read > delivered ? read : delivered;
    }

    private static DeliveryStatus? Arrived(Evidence evidence) =>
        evidence.Has(MessageEventType.Read) ? DeliveryStatus.Read
        : evidence.Has(MessageEventType.Delivered) ? DeliveryStatus.Delivered
        : null;

    private static DeliveryStatus Ended(Evidence evidence, int latest) =>
        Negative(evidence, latest)
        ?? (Left(evidence) ? DeliveryStatus.Sent
            : evidence.Has(MessageEventType.Unconfirmed) ? DeliveryStatus.Unconfirmed
            : DeliveryStatus.Failed);

    private static DeliveryStatus Active(WorkState work, int attempts, Evidence evidence, int latest) =>
        work != WorkState.Leased && evidence.Has(MessageEventType.Unconfirmed, latest) && !Left(evidence)
            ? DeliveryStatus.Unconfirmed
            : Work(work, attempts);

    private static DeliveryStatus? Negative(Evidence evidence, int latest) =>
        evidence.Has(MessageEventType.Undelivered, latest) || evidence.Has(MessageEventType.Rejected, latest) || evidence.Has(MessageEventType.Dead, latest)
            ? DeliveryStatus.Failed
        : evidence.Has(MessageEventType.Expired, latest) ? DeliveryStatus.Expired
        : evidence.Has(MessageEventType.Canceled, latest) ? DeliveryStatus.Canceled
        : evidence.Has(MessageEventType.Suppressed, latest) ? DeliveryStatus.Suppressed
        : null;

    private static bool Left(Evidence evidence) =>
        evidence.Has(MessageEventType.Submitted) || evidence.Has(MessageEventType.Sent) || evidence.Has(MessageEventType.Deferred);

    private static DeliveryStatus Work(WorkState work, int attempts) => work switch
    {
        WorkState.Waiting => attempts == 0 ? DeliveryStatus.Scheduled : DeliveryStatus.Queued,
        WorkState.Leased => DeliveryStatus.Sending,
        WorkState.Done => DeliveryStatus.Failed,
        _ => DeliveryStatus.Queued,
    };
}

namespace Messaging.Storage;

/// <summary>What counts of some evidence, in one pass over its generations.</summary>
internal struct EvidenceSummary
{
    private const ulong Negatives =
        (1UL << (int)MessageEventType.Rejected) | (1UL << (int)MessageEventType.Undelivered) | (1UL << (int)MessageEventType.HardBounced)
        | (1UL << (int)MessageEventType.SoftBounced) | (1UL << (int)MessageEventType.Expired) | (1UL << (int)MessageEventType.Canceled)
        | (1UL << (int)MessageEventType.Suppressed) | (1UL << (int)MessageEventType.Dead);

    private const ulong Departures =
        (1UL << (int)MessageEventType.Submitted) | (1UL << (int)MessageEventType.Sent) | (1UL << (int)MessageEventType.Deferred);

    /// <summary>The types of the latest generation.</summary>
    private ulong _latest;
    private DateTimeOffset? _proof;

    public bool Read { get; private set; }

    public bool Delivered { get; private set; }

    /// <summary>Gets whether it left us, in a generation that did not fail afterwards.</summary>
    public bool Left { get; private set; }

    public bool Bounced { get; private set; }

    public bool EverInDoubt { get; private set; }

    public readonly bool InDoubt => Has(_latest, MessageEventType.Unconfirmed);

    public readonly bool Failed =>
        Has(_latest, MessageEventType.Undelivered) || Has(_latest, MessageEventType.Rejected) || Has(_latest, MessageEventType.Dead);

    public readonly bool Expired => Has(_latest, MessageEventType.Expired);

    public readonly bool Canceled => Has(_latest, MessageEventType.Canceled);

    public readonly bool Suppressed => Has(_latest, MessageEventType.Suppressed);

    public static EvidenceSummary Of(ReadOnlySpan<EvidenceEntry> evidence, int latest)
    {
        var summary = default(EvidenceSummary);
        while (!evidence.IsEmpty)
        {
            var generation = evidence[0].Generation;
            var count = 1;
            while (count < evidence.Length && evidence[count].Generation == generation)
            {
                count++;
            }

            summary.Add(evidence[..count], generation == latest);
            evidence = evidence[count..];
        }

        return summary;
    }

    /// <summary>Adds a generation; the latest comes last.</summary>
    private void Add(ReadOnlySpan<EvidenceEntry> generation, bool isLatest)
    {
        var types = 0UL;
        DateTimeOffset? proof = null, soft = null;
        foreach (ref readonly var entry in generation)
        {
            types |= 1UL << (int)entry.Type;
            proof = entry.Type is MessageEventType.Delivered or MessageEventType.Read && !(entry.Last <= proof) ? entry.Last : proof;
            soft = entry.Type == MessageEventType.SoftBounced ? entry.Last : soft;
        }

        EverInDoubt |= Has(types, MessageEventType.Unconfirmed);
        if (isLatest)
        {
            _latest = types;
            Bounced = Has(types, MessageEventType.HardBounced) || (soft is not null && !(Later(_proof, proof) >= soft));
        }

        if (isLatest || !(Has(types, MessageEventType.HardBounced) || soft > proof))
        {
            Read |= Has(types, MessageEventType.Read);
            Delivered |= Has(types, MessageEventType.Delivered);
            _proof = Later(_proof, proof);
        }

        Left |= (types & Departures) != 0 && (isLatest || (types & Negatives) == 0);
    }

    private static bool Has(ulong types, MessageEventType type) => (types & (1UL << (int)type)) != 0;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}

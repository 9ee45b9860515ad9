namespace Messaging.Storage.Memory;

/// <summary>The usual story: one call, accepted at once. It follows from the row: evidence says when it was settled, two fields say the rest.</summary>
internal static class OneCall
{
    public static bool Fits(in DeliveryRow delivery, Settlement settle, DateTimeOffset at) =>
        delivery is { TotalAttempts: 1, Story: 0 }
        && settle is
        {
            Next: WorkState.Done,
            Proves: MessageEventType.Submitted,
            Why: null,
            DeadLetter: false,
            HandBack: false,
            Attempt: { Result: MessageEventType.Submitted, ProviderCode: null, ProviderText: null, Elapsed.Ticks: >= 0 and <= int.MaxValue },
        }
        && (at - settle.Attempt.StartedAt).Ticks is >= 0 and <= int.MaxValue
        && delivery.FirstFact == EvidenceCells.CellOf(MessageEventType.Submitted)
        && delivery.FirstFactAt == at.UtcTicks;

    public static void Mark(ref DeliveryRow delivery, AttemptOutcome attempt, DateTimeOffset at)
    {
        delivery.Set(DeliveryFlags.OneCall, true);
        delivery.CallBefore = (int)(at - attempt.StartedAt).Ticks;
        delivery.CallTook = (int)attempt.Elapsed.Ticks;
    }

    /// <summary>Writes the entries down if new evidence has taken the place of what they followed from.</summary>
    public static void WriteDownIfLost(StoreImage image, ref DeliveryRow delivery, long settledAt)
    {
        if (delivery.FirstFact != EvidenceCells.CellOf(MessageEventType.Submitted) || delivery.FirstFactAt != settledAt)
        {
            WriteDown(image, ref delivery, settledAt);
        }
    }

    /// <summary>Writes the entries down, because the row will not say so any more.</summary>
    public static void WriteDown(StoreImage image, ref DeliveryRow delivery, long settledAt)
    {
        if (!delivery.Has(DeliveryFlags.OneCall))
        {
            return;
        }

        foreach (var entry in Entries(image, delivery, settledAt))
        {
            image.Stories.Add(ref delivery, entry);
        }

        delivery.Set(DeliveryFlags.OneCall, false);
    }

    public static TimelineEntry[] Entries(StoreImage image, in DeliveryRow delivery, long settledAt) =>
    [
        new TimelineEntry(Ticks.ToInstant(settledAt - delivery.CallBefore), TimelineType.Attempt)
        {
            Event = MessageEventType.Submitted,
            Attempt = 1,
            Account = image.Names[image.Counters[delivery.Bucket].Account],
            Elapsed = TimeSpan.FromTicks(delivery.CallTook),
        },
        new TimelineEntry(Ticks.ToInstant(settledAt), TimelineType.Settled) { Event = MessageEventType.Submitted },
    ];
}

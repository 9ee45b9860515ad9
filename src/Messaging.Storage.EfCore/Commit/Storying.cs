using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Writes the timeline, and the reason that the last entry gave.</summary>
internal sealed class Storying(WorkingSet set)
{
    public static Why Withdrawn { get; } = new(WhyCodes.Canceled, "It was cancelled.");

    public static TimelineType EntryTypeOf(WorkState next) => next switch
    {
        WorkState.Parked => TimelineType.Parked,
        WorkState.Done => TimelineType.Settled,
        _ => TimelineType.Deferred,
    };

    public void Add(Guid delivery, DateTimeOffset at, TimelineType type, Why? why = null, MessageEventType e = MessageEventType.Unknown) =>
        set.Timeline.Add(Explained(new TimelineRow { DeliveryId = delivery, At = at.UtcTicks, Type = (short)type, Event = (short)e }, why));

    public void Add(Guid delivery, AttemptOutcome attempt, int number, Why? why) =>
        set.Timeline.Add(Explained(
            new TimelineRow
            {
                DeliveryId = delivery,
                At = attempt.StartedAt.UtcTicks,
                Type = (short)TimelineType.Attempt,
                Event = (short)attempt.Result,
                Attempt = number,
                Account = attempt.Account,
                Took = attempt.Elapsed.Ticks,
                ProviderCode = attempt.ProviderCode,
                ProviderText = Codes.Cut(attempt.ProviderText),
            },
            why));

    public void Add(StoredEvent e, Why? why) =>
        set.Timeline.Add(Explained(
            new TimelineRow
            {
                DeliveryId = e.DeliveryId.Value,
                At = e.OccurredAt.UtcTicks,
                Type = (short)TimelineType.Event,
                Event = (short)e.Type,
                Account = e.Account,
                ProviderCode = e.ProviderCode,
                ProviderText = Codes.Cut(e.ProviderText),
            },
            why));

    public static void SetWhy(StateRow state, Why? why) => (state.WhyCode, state.WhyText, state.WhyUntil) = (why?.Code, why?.Text, why?.Until?.UtcTicks);

    public static Why? WhyOf(StateRow? state) => state is null ? null : Codes.ToWhy(state.WhyCode, state.WhyText, state.WhyUntil);

    /// <summary>Writes the entries of the usual story down before the columns that they follow from change.</summary>
    public void WriteDownCall(StateRow state)
    {
        foreach (var entry in CallEntries(state))
        {
            set.Timeline.Add(entry);
        }

        (state.CallStartedAt, state.CallTook, state.CallSettledAt) = (null, null, null);
    }

    /// <summary>Returns the entries of the usual story, one call accepted at once, which the short way of settling keeps in three columns.</summary>
    public static IEnumerable<TimelineRow> CallEntries(StateRow state)
    {
        if (state is not { CallStartedAt: { } started, CallSettledAt: { } settled })
        {
            yield break;
        }

        yield return new TimelineRow
        {
            DeliveryId = state.Id,
            At = started,
            Type = (short)TimelineType.Attempt,
            Event = (short)MessageEventType.Submitted,
            Attempt = 1,
            Account = state.Account,
            Took = state.CallTook,
        };
        yield return new TimelineRow { DeliveryId = state.Id, At = settled, Type = (short)TimelineType.Settled, Event = (short)MessageEventType.Submitted };
    }

    private static TimelineRow Explained(TimelineRow row, Why? why)
    {
        (row.WhyCode, row.WhyText, row.WhyUntil) = (why?.Code, why?.Text, why?.Until?.UtcTicks);
        return row;
    }
}

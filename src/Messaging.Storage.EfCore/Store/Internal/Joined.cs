using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Store;

/// <summary>All rows of one delivery, and the records that they make.</summary>
internal sealed class Joined
{
    public DeliveryRow Delivery { get; init; } = null!;

    public MessageRow Message { get; init; } = null!;

    public StateRow? State { get; init; }

    public WorkRow? Work { get; init; }

    /// <summary>Makes the record of a read.</summary>
    public DeliveryRecord ToRecord(long now) => new(AcceptedRows.ToMessage(Message), AcceptedRows.ToDelivery(Delivery), ToState(now));

    /// <summary>Makes the record of a claim: the delivery as it stood before.</summary>
    public DeliveryRecord ToClaimed(WorkRow before) => new(AcceptedRows.ToMessage(Message), AcceptedRows.ToDelivery(Delivery), Facts(WorkState.Ready, before) with
    {
        DueAt = Codes.ToInstant(before.DueAt),
        Since = Codes.ToInstant(before.Since),
    });

    private DeliveryState ToState(long now)
    {
        if (Work is not { } work)
        {
            return Facts(WorkState.Done, null) with { Since = Codes.ToInstant(State?.SettledAt ?? 0) };
        }

        var stands = work.State == (short)WorkState.Waiting && work.DueAt <= now ? WorkState.Ready : (WorkState)work.State;
        return Facts(stands, work) with
        {
            DueAt = Codes.ToInstant(stands == WorkState.Leased ? work.LeaseUntil : work.DueAt),
            Since = Codes.ToInstant(stands == WorkState.Leased ? work.ClaimedAt : work.Since),
        };
    }

    private DeliveryState Facts(WorkState stands, WorkRow? work) => new()
    {
        Work = stands,
        Why = State is null ? null : Codes.ToWhy(State.WhyCode, State.WhyText, State.WhyUntil),
        Attempts = State?.Attempts ?? 0,
        TotalAttempts = State?.TotalAttempts ?? 0,
        AttemptBegan = work?.Call == (short)CallMark.Lost,
        Generation = State?.Generation ?? 0,
        Evidence = State is null ? Evidence.None : EvidenceBytes.Read(State.Evidence),
        Account = State?.Account,
        ProviderId = State?.ProviderId,
        SettledAt = Codes.ToInstantOrNull(State?.SettledAt),
        CancelRequested = (State?.CancelRequested ?? false) || (work?.CancelRequested ?? false),
        DeadLetter = State?.DeadLetter ?? false,
    };
}

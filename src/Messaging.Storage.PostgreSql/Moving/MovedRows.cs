using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.PostgreSql.Moving;

/// <summary>Makes rows of what comes from another store.</summary>
internal static class MovedRows
{
    public static MessageRow Message(MovedMessage moved)
    {
        var row = AcceptedRows.Message(moved.Message, new Acceptance());
        (row.IsBulk, row.IsRouted, row.Drops) = (moved.IsBulk, moved.IsRouted, moved.Drops);
        return row;
    }

    public static IdempotencyRow Claim(MovedClaim moved) => new()
    {
        Tenant = moved.Tenant.Value,
        Key = moved.Claim.Key,
        Fingerprint = Codes.ToGuid(moved.Claim.Fingerprint),
        MessageId = moved.MessageId.Value,
        KeepUntil = moved.Claim.KeepUntil.UtcTicks,
    };

    public static StateRow State(MovedDelivery moved, long place)
    {
        var state = moved.State;
        var row = new StateRow
        {
            Id = moved.Delivery.Id.Value,
            Place = place,
            Tenant = moved.Delivery.Tenant.Value,
            Attempts = state.Attempts,
            TotalAttempts = state.TotalAttempts,
            Generation = state.Generation,
            Evidence = EvidenceBytes.Write(state.Evidence),
            Account = state.Account,
            ProviderId = state.ProviderId,
            ProviderAccount = state.ProviderId is null ? null : state.Account,
            ProviderPlace = state.ProviderId is null ? null : WorkingSet.FirstNewPlace,
            SettledAt = state.SettledAt?.UtcTicks,
            DeadLetter = state.DeadLetter,
            Dropped = moved.Dropped,
        };
        row.Status = StatusCode.Of(row, state.Evidence, state.Work == WorkState.Done);
        Storying.SetWhy(row, state.Why);
        return row;
    }

    public static IEnumerable<TimelineRow> Timeline(MovedDelivery moved) => moved.Timeline.Select(entry => new TimelineRow
    {
        DeliveryId = moved.Delivery.Id.Value,
        At = entry.At.UtcTicks,
        Type = (short)entry.Type,
        Event = (short)entry.Event,
        Attempt = entry.Attempt,
        Account = entry.Account,
        Took = entry.Elapsed?.Ticks,
        ProviderCode = entry.ProviderCode,
        ProviderText = entry.ProviderText,
        WhyCode = entry.Why?.Code,
        WhyText = entry.Why?.Text,
        WhyUntil = entry.Why?.Until?.UtcTicks,
    });

    public static IEnumerable<ReceiptRow> Receipts(MovedDelivery moved) => moved.Receipts.Select(receipt => new ReceiptRow
    {
        Account = receipt.Account, ProviderId = receipt.ProviderId, DeliveryId = moved.Delivery.Id.Value, Place = WorkingSet.FirstNewPlace,
    });

    public static WorkRow Work(MovedDelivery moved, Turns turns)
    {
        var (delivery, state) = (moved.Delivery, moved.State);
        var row = Work(WorkKind.Deliver, delivery.Id.Value, delivery.Tenant, delivery.Priority, state.Work, state.DueAt, turns);
        row.Since = state.Since.UtcTicks;
        row.ParkKey = state.Work == WorkState.Parked ? moved.ParkKey ?? "" : null;
        row.Claims = moved.Claims;
        row.Call = (short)(state.AttemptBegan ? CallMark.Lost : CallMark.None);
        return row;
    }

    /// <summary>Makes work that waits until it is due; what is due already is found at once.</summary>
    public static WorkRow Work(MovedWork moved, Turns turns)
    {
        var item = moved.Item;
        var row = Work(item.Kind, item.Id, item.Tenant, item.Priority, WorkState.Waiting, item.DueAt, turns);
        row.Since = item.DueAt.UtcTicks;
        row.Claims = moved.Claims;
        row.Payload = item.Payload.ToArray();
        return row;
    }

    private static WorkRow Work(WorkKind kind, Guid id, TenantId tenant, MessagePriority lane, WorkState state, DateTimeOffset due, Turns turns) => new()
    {
        Id = id,
        Kind = (short)kind,
        Tenant = tenant.Value,
        Lane = (short)lane,
        State = (short)state,
        Plain = false,
        Turn = state == WorkState.Ready ? turns.Next((short)lane, tenant.Value) : 0,
        Place = WorkingSet.FirstNewPlace,
        DueAt = due.UtcTicks,
    };
}

using System.Globalization;
using Messaging.Diagnostics;
using Messaging.Receiving;
using Messaging.Routing;
using Messaging.Sending;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Makes the change that settles a delivery, with what belongs to it: the next look at its route, and the word to the host.</summary>
internal sealed class SettleComposer(HostEvents host, IdGenerator ids, IPayloadFacts facts, MessagingTelemetry telemetry)
{
    /// <summary>Makes the change.</summary>
    /// <param name="record">The delivery as it stood when it was claimed.</param>
    /// <param name="settlement">What becomes of it.</param>
    /// <param name="events">What else is to stand in its timeline.</param>
    public Change Compose(DeliveryRecord record, Settlement settlement, IReadOnlyList<StoredEvent>? events = null)
    {
        settlement = Spare(record, settlement);
        if (telemetry.CountsSettled && settlement.Next == WorkState.Done)
        {
            telemetry.Settled(record.Delivery.Address.Kind, StatusAfter(record, settlement));
        }

        return host.Enabled || record.Delivery.PlanId is not null
            ? new Change { Settles = [settlement], Events = events ?? [], Enqueues = Enqueues(record, settlement) }
            : new Change { Settles = [settlement], Events = events ?? [] };
    }

    /// <summary>Whatever ends the tries for the copies (expiry, a suppression, poison), To has it, and that stays its status.</summary>
    private Settlement Spare(DeliveryRecord record, Settlement settlement) =>
        settlement is { Next: WorkState.Done, Proves: not (MessageEventType.Unknown or MessageEventType.Submitted) }
            && record.State.Evidence.Has(MessageEventType.Submitted, record.State.Generation) && facts.IsAboutCopies(record)
            ? settlement with { Proves = MessageEventType.Unknown, DeadLetter = false }
            : settlement;

    /// <summary>Makes the work that follows from a settlement.</summary>
    public IReadOnlyList<WorkItem> Enqueues(DeliveryRecord record, Settlement settlement)
    {
        if (settlement.Next != WorkState.Done && settlement.Proves == MessageEventType.Unknown)
        {
            return [];
        }

        List<WorkItem> items = [];
        if (record.Delivery.PlanId is { } plan)
        {
            items.Add(RouteCheckWork.Create(ids, record.Delivery.Tenant, plan, record.Delivery.Priority, settlement.At));
        }

        if (host.Enabled && settlement.Proves != MessageEventType.Unknown)
        {
            items.Add(host.Create(record, Word(record, settlement)));
        }

        return items;
    }

    private static HostEventWork Word(DeliveryRecord record, Settlement settlement) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{record.Delivery.Id.Value:N}:{record.State.Generation}:{record.State.TotalAttempts}:{(int)settlement.Proves}"),
        Delivery = record.Delivery.Id.Value,
        Type = settlement.Proves,
        Status = StatusAfter(record, settlement),
        At = settlement.At,
        Account = settlement.Attempt?.Account ?? record.State.Account,
        Why = settlement.Why,
        ProviderCode = settlement.Attempt?.ProviderCode,
    };

    private static DeliveryStatus StatusAfter(DeliveryRecord record, Settlement settlement)
    {
        var state = record.State;
        var evidence = settlement.Proves == MessageEventType.Unknown ? state.Evidence : state.Evidence.With(settlement.Proves, settlement.At, state.Generation);
        return DeliveryStatusProjection.Project(settlement.Next, state.TotalAttempts + (settlement.Attempt is null ? 0 : 1), evidence, state.Generation);
    }
}

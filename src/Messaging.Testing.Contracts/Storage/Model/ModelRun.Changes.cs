using Messaging.Storage;

namespace Messaging.Testing.Contracts.Storage.Model;

internal sealed partial class ModelRun
{
    private static readonly MessageEventType[] Facts = Enum.GetValues<MessageEventType>();

    private Change NewMessage(Step step)
    {
        var tenant = Pick(Tenants, step.First);
        var message = Some.StoredMessage() with
        {
            Tenant = tenant,
            AcceptedAt = Now,
            Sensitive = step.First / 7 % 3 == 0,
            Payload = new byte[1 + (step.First % 7)],
            Reference = step.First % 5 == 0 ? "reference" : null,
        };
        var deliveries = Enumerable.Range(0, step.Second % 4).Select(i => Delivery(message, step.First + i, step.Second + (i * 5))).ToArray();
        var claim = step.First % 4 == 1 ? new IdempotencyClaim($"key-{step.Second % 3}", (UInt128)(step.First % 2), Now.AddSeconds(1 + step.Second)) : null;
        return new Change { Accept = new Acceptance { Message = message, Deliveries = deliveries, Idempotency = claim } };
    }

    private Change JoinMessage(Step step)
    {
        var known = _model.Messages.ToList();
        var message = known.Count == 0 ? Some.StoredMessage() : Pick(known, step.First).Stored;
        var delivery = Delivery(message, step.Second, step.First) with { ItemHash = (UInt128)(step.Second % 4) };
        var again = step.Second % 7 == 0 && _model.Deliveries.Count > 0 ? delivery with { Id = Pick(_model.Deliveries, step.First).Stored.Id } : delivery;
        return new Change { Accept = new Acceptance { Deliveries = [again] } };
    }

    private StoredDelivery Delivery(StoredMessage message, int first, int second)
    {
        var work = (first % 6) switch { 0 => WorkState.Waiting, 1 => WorkState.Parked, 2 => WorkState.Done, _ => WorkState.Ready };
        return Some.StoredDelivery(message) with
        {
            AcceptedAt = Now,
            Priority = (MessagePriority)(second % 4),
            Channel = $"email-{second % 2}",
            Work = work,
            DueAt = Now.AddSeconds(second % 50),
            ParkKey = Pick(ParkKeys, second),
            Why = work == WorkState.Ready ? null : new Why("why", $"Because of {second}."),
            Evidence = work == WorkState.Done ? Evidence.None.With(second % 3 == 0 ? MessageEventType.Dead : MessageEventType.Suppressed, Now) : Evidence.None,
            PlanId = second % 5 == 0 ? new PlanId(Some.Id()) : null,
            Payload = new byte[first % 5],
        };
    }

    private Change Settlement(Step step)
    {
        if (_leases.Count == 0)
        {
            return new Change();
        }

        var lease = Pick(_leases, step.First);
        return step.Second % 9 == 8
            ? new Change { Begins = [new AttemptStart(lease, "email-9")] }
            : new Change { Settles = [Settlement(lease, step.Second)] };
    }

    private Settlement Settlement(LeaseToken lease, int choice)
    {
        var next = (choice % 5) switch { 0 => WorkState.Ready, 1 => WorkState.Waiting, 2 => WorkState.Parked, _ => WorkState.Done };
        var result = Pick([MessageEventType.Submitted, MessageEventType.Submitted, MessageEventType.Deferred, MessageEventType.Unconfirmed], choice / 5);
        var handBack = next == WorkState.Ready && choice % 2 == 0;
        return new Settlement
        {
            Lease = lease,
            Next = next,
            At = Now,
            DueAt = Now.AddSeconds(choice % 60),
            ParkKey = Pick(ParkKeys, choice),
            HandBack = handBack,
            DeadLetter = next == WorkState.Done && choice % 4 == 1,
            Why = choice % 3 == 0 ? new Why("why", $"Settled by {choice}.", Now.AddHours(1)) : null,
            Attempt = handBack || choice % 7 == 0 ? null : new AttemptOutcome($"email-{choice % 3}", Now, TimeSpan.FromMilliseconds(choice), result),
            Proves = handBack ? MessageEventType.Unknown : choice % 4 == 3 ? Pick(Facts, choice) : result == MessageEventType.Deferred ? MessageEventType.Unknown : result,
            ProviderId = Pick(ProviderIds, choice / 3),
            Payload = choice % 11 == 0 ? new byte[choice % 6] : null,
        };
    }

    private Change Report(Step step)
    {
        if (_model.Deliveries.Count == 0)
        {
            return new Change();
        }

        var delivery = Pick(_model.Deliveries, step.First);
        var e = new StoredEvent
        {
            Key = $"event-{step.Second}",
            Tenant = step.Second % 17 == 0 ? new TenantId("stranger") : delivery.Stored.Tenant,
            DeliveryId = delivery.Stored.Id,
            Type = Pick(Facts, step.Second),
            OccurredAt = Now.AddSeconds(-(step.First % 100)),
            ReceivedAt = Now,
            Generation = step.Second % 3 == 0 ? step.Second % 2 : null,
            Account = "email-0",
            Quarantined = step.Second % 13 == 0,
        };
        return new Change { Events = step.First % 9 == 0 ? [e, e] : [e] };
    }

    private Change Command(Step step)
    {
        if (_model.Deliveries.Count == 0)
        {
            return new Change();
        }

        var delivery = Pick(_model.Deliveries, step.First).Stored;
        var why = step.Second % 2 == 0 ? new Why("operator", "Asked for.") : null;
        return (step.Second % 6) switch
        {
            4 => new Change { Releases = [new Release(Pick(ParkKeys, step.First), 1 + (step.Second % 3))] },
            5 => new Change { Drops = [new PayloadDrop(delivery.Tenant, delivery.MessageId)] },
            var type => new Change { Commands = [new DeliveryCommand((DeliveryCommandType)type, delivery.Tenant, delivery.Id, Now, why)] },
        };
    }

    private Change Work(Step step) => new()
    {
        Enqueues =
        [
            new WorkItem
            {
                Id = new Guid(step.First % 4, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
                Kind = step.Second % 2 == 0 ? WorkKind.NotifyHost : WorkKind.RouteCheck,
                Tenant = Pick(Tenants, step.First),
                DueAt = Now.AddSeconds(step.Second % 3 == 0 ? 20 : 0),
            },
        ],
    };

    /// <summary>Several parts in one change: a settlement, a report and new work, all or nothing.</summary>
    private Change Together(Step step)
    {
        var (settlement, report, work) = (Settlement(step), Report(step with { First = step.First + 1 }), Work(step));
        return new Change
        {
            Begins = settlement.Begins,
            Settles = settlement.Settles,
            Events = report.Events,
            Enqueues = work.Enqueues,
            Releases = [new Release(Pick(ParkKeys, step.Second), 2)],
        };
    }
}

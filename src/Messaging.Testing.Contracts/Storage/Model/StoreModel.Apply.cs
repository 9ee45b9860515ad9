using Messaging.Storage;

namespace Messaging.Testing.Contracts.Storage.Model;

internal sealed partial class StoreModel
{
    private static void Begin(AttemptStart begin, ModelWork work)
    {
        work.BeganFence = work.Fence;
        if (work.Delivery is { } delivery)
        {
            delivery.Account = begin.Account;
        }
    }

    private static void Note(ModelDelivery delivery, WorkState next, DateTimeOffset at, Why? why, MessageEventType proves)
    {
        var type = next switch { WorkState.Parked => TimelineType.Parked, WorkState.Done => TimelineType.Settled, _ => TimelineType.Deferred };
        if (next != WorkState.Ready || why is not null)
        {
            delivery.Timeline.Add((at, type, proves, why));
        }
    }

    private static void Forget(ModelDelivery delivery)
    {
        if (!delivery.Message.Drops || delivery.Message.IsRouted)
        {
            return;
        }

        (delivery.Payload, delivery.Dropped) = (default, true);
        if (!delivery.Message.IsBulk && delivery.Message.Deliveries.TrueForAll(other => other.Work is null))
        {
            delivery.Message.Stored = delivery.Message.Stored with { Payload = default };
        }
    }

    private static void Drop(ModelMessage message)
    {
        (message.IsBulk, message.IsRouted, message.Drops) = (false, false, true);
        message.Deliveries.FindAll(delivery => delivery.Work is null).ForEach(Forget);
        if (message.Deliveries.TrueForAll(delivery => delivery.Work is null))
        {
            message.Stored = message.Stored with { Payload = default };
        }
    }

    private void Begin(AttemptStart begin) => Begin(begin, Held(begin.Lease)!);

    private void Accept(Acceptance accept, DateTimeOffset now)
    {
        if (accept.Message is { } message)
        {
            _messages.Add(message.Id, new ModelMessage(message, accept.Deliveries.Count == 0));
        }

        // All of a change come together: one that is done does not end the message before the others are there.
        var added = accept.Deliveries.Select(stored => new ModelDelivery(_messages[stored.MessageId], stored)).ToList();
        foreach (var delivery in added)
        {
            Start(delivery, now);
        }

        added.FindAll(delivery => delivery.Work is null).ForEach(Forget);
        if (accept.Idempotency is { } claim)
        {
            var tenant = accept.Message?.Tenant ?? accept.Deliveries[0].Tenant;
            _keys[(tenant, claim.Key)] = (claim, accept.Message?.Id ?? accept.Deliveries[0].MessageId);
        }
    }

    private void Start(ModelDelivery delivery, DateTimeOffset now)
    {
        var stored = delivery.Stored;
        Deliveries.Add(delivery);
        delivery.Message.Deliveries.Add(delivery);
        delivery.Message.IsRouted |= stored.PlanId is not null;
        Note(delivery, stored.Work, stored.AcceptedAt, stored.Why, MessageEventType.Unknown);
        if (stored.Work == WorkState.Done)
        {
            delivery.SettledAt = now;
            return;
        }

        delivery.Work = new ModelWork { Kind = WorkKind.Deliver, Id = stored.Id.Value, Delivery = delivery };
        Enter(delivery.Work, stored.Work, stored.DueAt, stored.ParkKey, now, added: true);
    }

    private void Enter(ModelWork work, WorkState state, DateTimeOffset due, string? parkKey, DateTimeOffset now, bool added = false)
    {
        var waits = state == WorkState.Waiting && due > now;
        work.State = waits || state == WorkState.Parked ? state : WorkState.Ready;
        (work.Due, work.Since, work.ParkKey, work.Parked) = (waits ? due : now, now, parkKey ?? "", ++_parked);
        if (added)
        {
            Work.Add(work);
        }
    }

    private void Settle(Settlement settle, DateTimeOffset now)
    {
        var work = Held(settle.Lease)!;
        work.Claims = settle.HandBack ? work.Claims - 1 : 0;
        if (work.Delivery is { } delivery)
        {
            Learn(work, delivery, settle);
            if (settle.Next != WorkState.Done && delivery.CancelRequested)
            {
                Withdraw(delivery, settle.At, now, delivery.Why);
                return;
            }

            Tell(delivery, settle);
        }

        if (settle.Next == WorkState.Done)
        {
            End(work, now);
        }
        else if (settle is { HandBack: true, Next: WorkState.Ready })
        {
            work.State = WorkState.Ready;
        }
        else
        {
            Enter(work, settle.Next, settle.DueAt, settle.ParkKey, now);
        }
    }

    private static void Learn(ModelWork work, ModelDelivery delivery, Settlement settle)
    {
        if (settle.Attempt is { } attempt)
        {
            delivery.Attempts++;
            delivery.TotalAttempts++;
            delivery.Account = attempt.Account;
            delivery.Timeline.Add((attempt.StartedAt, TimelineType.Attempt, attempt.Result, settle.Why));
        }

        if (settle.Proves != MessageEventType.Unknown)
        {
            delivery.Evidence = delivery.Evidence.With(settle.Proves, settle.At, delivery.Generation);
        }

        if (work.BeganFence == work.Fence || settle.Attempt is not null || settle.Proves != MessageEventType.Unknown)
        {
            work.BeganFence = 0;
        }

        delivery.Payload = settle.Payload ?? delivery.Payload;
        delivery.ProviderId = settle.ProviderId ?? delivery.ProviderId;
    }

    private static void Tell(ModelDelivery delivery, Settlement settle)
    {
        delivery.DeadLetter = settle.DeadLetter;
        if (!settle.HandBack)
        {
            delivery.Why = settle.Why;
            Note(delivery, settle.Next, settle.At, settle.Why, settle.Proves);
        }
    }

    private void End(ModelWork work, DateTimeOffset now)
    {
        Work.Remove(work);
        if (work.Delivery is { } delivery)
        {
            (delivery.Work, delivery.SettledAt) = (null, now);
            Forget(delivery);
        }
    }

    private void Withdraw(ModelDelivery delivery, DateTimeOffset at, DateTimeOffset now, Why? why)
    {
        delivery.Why = why ?? Withdrawn;
        delivery.Evidence = delivery.Evidence.With(MessageEventType.Canceled, at, delivery.Generation);
        Note(delivery, WorkState.Done, at, delivery.Why, MessageEventType.Canceled);
        End(delivery.Work!, now);
    }

    private void Record(StoredEvent e)
    {
        if (!_events.Add(e.Key))
        {
            return;
        }

        var delivery = Find(e.Tenant, e.DeliveryId)!;
        delivery.Timeline.Add((e.OccurredAt, TimelineType.Event, e.Type, null));
        if (!e.Quarantined)
        {
            delivery.Evidence = delivery.Evidence.With(e.Type, e.OccurredAt, e.Generation ?? delivery.Generation);
        }
    }

    private void Do(DeliveryCommand command, DateTimeOffset now)
    {
        var delivery = Find(command.Tenant, command.DeliveryId)!;
        switch (command.Type)
        {
            case DeliveryCommandType.Cancel when delivery.Work is { IsLeased: true }:
                (delivery.CancelRequested, delivery.Why) = (true, command.Why ?? Withdrawn);
                break;
            case DeliveryCommandType.Cancel:
                Withdraw(delivery, command.At, now, command.Why);
                break;
            case DeliveryCommandType.MakeDue:
                Enter(delivery.Work!, WorkState.Ready, now, null, now);
                delivery.Timeline.Add((command.At, TimelineType.Released, MessageEventType.Unknown, command.Why));
                break;
            case DeliveryCommandType.Redrive:
                Redrive(delivery, command, now);
                break;
            default:
                delivery.DeadLetter = false;
                break;
        }
    }

    private void Redrive(ModelDelivery delivery, DeliveryCommand command, DateTimeOffset now)
    {
        delivery.Generation++;
        (delivery.Attempts, delivery.DeadLetter, delivery.CancelRequested) = (0, false, false);
        (delivery.Why, delivery.SettledAt) = (command.Why, null);
        delivery.Timeline.Add((command.At, TimelineType.Redriven, MessageEventType.Unknown, command.Why));
        delivery.Work = new ModelWork { Kind = WorkKind.Deliver, Id = delivery.Stored.Id.Value, Delivery = delivery };
        Enter(delivery.Work, WorkState.Ready, now, null, now, added: true);
    }

    private int Let(Release release, DateTimeOffset now)
    {
        var parked = Work.Where(work => work.State == WorkState.Parked && work.ParkKey == release.ParkKey)
            .OrderBy(work => work.Parked).Take(release.Max).ToList();
        foreach (var work in parked)
        {
            Enter(work, WorkState.Ready, now, null, now);
            work.Delivery?.Timeline.Add((now, TimelineType.Released, MessageEventType.Unknown, null));
        }

        return parked.Count;
    }
}

namespace Messaging.Storage.Memory;

/// <summary>Applies changes that were checked.</summary>
internal sealed class ChangeApplication(StoreImage image)
{
    private static readonly Why Withdrawn = new(WhyCodes.Canceled, "It was cancelled.");
    private static readonly Why Quarantined = new("quarantined", "The report is about something that was never handed to a provider; it proves nothing.");

    public int Apply(Change change, DateTimeOffset now)
    {
        if (change.Accept is { } accept)
        {
            Accept(accept, now);
        }

        foreach (var begin in change.Begins)
        {
            Begin(begin);
        }

        foreach (var settle in change.Settles)
        {
            Settle(settle, now);
        }

        foreach (var e in change.Events)
        {
            Record(e);
        }

        foreach (var command in change.Commands)
        {
            Command(command, now);
        }

        var released = change.Releases.Sum(release => Release(release, now));
        foreach (var drop in change.Drops)
        {
            Drop(image.Messages[drop.MessageId]);
        }

        foreach (var item in change.Enqueues)
        {
            Enqueue(item, now);
        }

        return released;
    }

    /// <summary>Ends a claim whose time is over: the work is ready again, or withdrawn when somebody asked for that.</summary>
    public void Expire(WorkEntry work, DateTimeOffset now)
    {
        if (work.Delivery is { CancelRequested: true } delivery)
        {
            delivery.Evidence = work.BeganFence == 0
                ? delivery.Evidence
                : delivery.Evidence.With(MessageEventType.Unconfirmed, work.LeaseUntil, delivery.Generation);
            Cancel(delivery, now, now, delivery.Why);
            return;
        }

        image.Queue.Move(work, WorkState.Ready, work.LeaseUntil, work.ClaimedAt);
    }

    private void Accept(Acceptance accept, DateTimeOffset now)
    {
        if (accept.Message is { } message)
        {
            image.Messages.Add(message.Id, new MessageEntry(message with { Payload = message.Payload.ToArray() }) { KeepsPayloads = accept.Deliveries.Count == 0 });
        }

        foreach (var delivery in accept.Deliveries)
        {
            Accept(delivery, now);
        }

        if (accept.Idempotency is { } claim)
        {
            image.Idempotency[(ChangeCheck.TenantOf(accept), claim.Key)] = (claim, ChangeCheck.MessageOf(accept));
        }
    }

    private void Accept(StoredDelivery stored, DateTimeOffset now)
    {
        var message = image.Messages[stored.MessageId];
        var delivery = new DeliveryEntry(message, stored with { Payload = stored.Payload.ToArray() }, image.History.Count + 1);
        message.Deliveries.Add(delivery);
        message.Open++;
        message.IsRouted |= stored.PlanId is not null;
        if (stored.ItemHash != 0)
        {
            message.Items.Add(stored.ItemHash);
        }

        image.Deliveries.Add(stored.Id, delivery);
        image.History.Add(delivery);
        Start(delivery, now);
    }

    private void Start(DeliveryEntry delivery, DateTimeOffset now)
    {
        var stored = delivery.Stored;
        Note(delivery, stored.Work, stored.AcceptedAt, stored.Why, MessageEventType.Unknown);
        if (stored.Work == WorkState.Done)
        {
            End(delivery, now);
            return;
        }

        var waits = stored.Work == WorkState.Waiting && stored.DueAt > now;
        delivery.Work = new WorkEntry
        {
            Kind = WorkKind.Deliver,
            Id = stored.Id.Value,
            Tenant = stored.Tenant,
            Lane = stored.Priority,
            Delivery = delivery,
            State = stored.Work == WorkState.Parked ? WorkState.Parked : waits ? WorkState.Waiting : WorkState.Ready,
            Due = waits ? stored.DueAt : now,
            Since = now,
            ParkKey = stored.ParkKey ?? "",
        };
        image.Queue.Add(delivery.Work);
    }

    private void Begin(AttemptStart begin)
    {
        var work = image.Queue.Find(begin.Lease)!;
        work.BeganFence = work.Fence;
        if (work.Delivery is { } delivery)
        {
            delivery.Account = begin.Account;
        }
    }

    private void Settle(Settlement settle, DateTimeOffset now)
    {
        var work = image.Queue.Find(settle.Lease)!;
        work.Claims = settle.HandBack ? work.Claims - 1 : 0;
        if (work.Delivery is { } delivery)
        {
            Settle(work, delivery, settle, now);
        }
        else if (settle.Next == WorkState.Done)
        {
            image.Queue.Remove(work);
        }
        else
        {
            Requeue(work, settle, now);
        }
    }

    private void Settle(WorkEntry work, DeliveryEntry delivery, Settlement settle, DateTimeOffset now)
    {
        var at = settle.At == default ? now : settle.At;
        if (settle.Attempt is { } attempt)
        {
            Attempted(delivery, attempt, settle);
        }

        if (settle.Proves != MessageEventType.Unknown)
        {
            delivery.Evidence = delivery.Evidence.With(settle.Proves, at, delivery.Generation);
        }

        // What became of an earlier owner's call stays unknown until somebody says so.
        if (work.BeganFence == work.Fence || settle.Attempt is not null || settle.Proves != MessageEventType.Unknown)
        {
            work.BeganFence = 0;
        }

        if (settle.Payload is { } payload)
        {
            delivery.Stored = delivery.Stored with { Payload = payload.ToArray() };
        }

        if (settle.ProviderId is { } providerId)
        {
            delivery.ProviderId = providerId;
            image.Receipts[(delivery.Account ?? delivery.Stored.Channel, providerId)] = delivery;
        }

        if (settle.Next != WorkState.Done && delivery.CancelRequested)
        {
            Cancel(delivery, at, now, delivery.Why);
            return;
        }

        Next(work, delivery, settle, at, now);
    }

    private void Next(WorkEntry work, DeliveryEntry delivery, Settlement settle, DateTimeOffset at, DateTimeOffset now)
    {
        delivery.DeadLetter = settle.DeadLetter;
        if (!settle.HandBack)
        {
            delivery.Why = settle.Why;
            Note(delivery, settle.Next, at, settle.Why, settle.Proves);
        }

        if (settle.Next == WorkState.Done)
        {
            End(delivery, now);
        }
        else
        {
            Requeue(work, settle, now);
        }
    }

    private void Requeue(WorkEntry work, Settlement settle, DateTimeOffset now)
    {
        var waits = settle.Next == WorkState.Waiting && settle.DueAt > now;
        var due = waits ? settle.DueAt : settle.HandBack ? work.Due : now;
        var state = settle.Next == WorkState.Parked ? WorkState.Parked : waits ? WorkState.Waiting : WorkState.Ready;
        image.Queue.Move(work, state, due, now, settle.ParkKey ?? "", keepPlace: settle.HandBack);
    }

    private static void Attempted(DeliveryEntry delivery, AttemptOutcome attempt, Settlement settle)
    {
        delivery.Attempts++;
        delivery.TotalAttempts++;
        delivery.Account = attempt.Account;
        delivery.Timeline.Add(new TimelineEntry(attempt.StartedAt, TimelineType.Attempt)
        {
            Event = attempt.Result,
            Attempt = delivery.TotalAttempts,
            Account = attempt.Account,
            Elapsed = attempt.Elapsed,
            ProviderCode = attempt.ProviderCode,
            ProviderText = Cut(attempt.ProviderText),
            Why = settle.Why,
        });
    }

    private static string? Cut(string? text) => text is { Length: > 500 } ? text[..500] : text;

    /// <summary>Writes down how it goes on, unless that follows from the attempt.</summary>
    private static void Note(DeliveryEntry delivery, WorkState next, DateTimeOffset at, Why? why, MessageEventType proves)
    {
        var type = next switch
        {
            WorkState.Waiting => TimelineType.Deferred,
            WorkState.Parked => TimelineType.Parked,
            WorkState.Done => TimelineType.Settled,
            _ => TimelineType.Deferred,
        };
        if (next != WorkState.Ready || why is not null)
        {
            delivery.Timeline.Add(new TimelineEntry(at, type) { Why = why, Event = proves });
        }
    }

    private void End(DeliveryEntry delivery, DateTimeOffset now)
    {
        if (delivery.Work is { } work)
        {
            image.Queue.Remove(work);
            delivery.Work = null;
        }

        delivery.SettledAt = now;
        delivery.Message.Open--;
        if (delivery.Message is { Message.Sensitive: true, IsRouted: false })
        {
            Forget(delivery);
        }
    }

    private static void Forget(DeliveryEntry delivery)
    {
        delivery.Stored = delivery.Stored with { Payload = default };
        delivery.PayloadDropped = true;
        if (delivery.Message is { Open: 0, KeepsPayloads: false })
        {
            delivery.Message.Message = delivery.Message.Message with { Payload = default };
        }
    }

    private static void Drop(MessageEntry message)
    {
        message.IsRouted = message.KeepsPayloads = false;
        message.Message = message.Message with { Sensitive = true };
        foreach (var delivery in message.Deliveries.Where(delivery => delivery.Done))
        {
            Forget(delivery);
        }
    }

    private void Cancel(DeliveryEntry delivery, DateTimeOffset at, DateTimeOffset now, Why? why)
    {
        delivery.Why = why ?? Withdrawn;
        delivery.Evidence = delivery.Evidence.With(MessageEventType.Canceled, at, delivery.Generation);
        Note(delivery, WorkState.Done, at, delivery.Why, MessageEventType.Canceled);
        End(delivery, now);
    }

    private void Record(StoredEvent e)
    {
        if (!image.EventKeys.Add(e.Key))
        {
            return;
        }

        var delivery = image.Find(e.Tenant, e.DeliveryId)!;
        if (!e.Quarantined)
        {
            delivery.Evidence = delivery.Evidence.With(e.Type, e.OccurredAt, e.Generation ?? delivery.Generation);
        }

        delivery.Timeline.Add(new TimelineEntry(e.OccurredAt, TimelineType.Event)
        {
            Event = e.Type,
            Account = e.Account,
            ProviderCode = e.ProviderCode,
            ProviderText = Cut(e.ProviderText),
            Why = e.Quarantined ? Quarantined : null,
        });
    }

    private void Command(DeliveryCommand command, DateTimeOffset now)
    {
        var delivery = image.Find(command.Tenant, command.DeliveryId)!;
        switch (command.Type)
        {
            case DeliveryCommandType.Cancel when delivery.Work is { State: WorkState.Leased }:
                delivery.CancelRequested = true;
                delivery.Why = command.Why ?? Withdrawn;
                break;
            case DeliveryCommandType.Cancel when !delivery.Done:
                Cancel(delivery, command.At, now, command.Why);
                break;
            case DeliveryCommandType.MakeDue when delivery.Work is { State: WorkState.Waiting or WorkState.Parked } work:
                image.Queue.Move(work, WorkState.Ready, now, now);
                delivery.Timeline.Add(new TimelineEntry(command.At, TimelineType.Released) { Why = command.Why });
                break;
            case DeliveryCommandType.Redrive when delivery.Done:
                Redrive(delivery, command, now);
                break;
            case DeliveryCommandType.Purge:
                delivery.DeadLetter = false;
                break;
        }
    }

    private void Redrive(DeliveryEntry delivery, DeliveryCommand command, DateTimeOffset now)
    {
        delivery.Generation++;
        delivery.Attempts = 0;
        delivery.DeadLetter = false;
        delivery.CancelRequested = false;
        delivery.Why = command.Why;
        delivery.Message.Open++;
        delivery.Timeline.Add(new TimelineEntry(command.At, TimelineType.Redriven) { Why = command.Why });
        delivery.Work = new WorkEntry
        {
            Kind = WorkKind.Deliver,
            Id = delivery.Stored.Id.Value,
            Tenant = delivery.Stored.Tenant,
            Lane = delivery.Stored.Priority,
            Delivery = delivery,
            State = WorkState.Ready,
            Due = now,
            Since = now,
        };
        image.Queue.Add(delivery.Work);
    }

    private int Release(Release release, DateTimeOffset now)
    {
        var parked = image.Queue.ParkedUnder(release.ParkKey, release.Max);
        foreach (var work in parked)
        {
            image.Queue.Move(work, WorkState.Ready, now, now);
            work.Delivery?.Timeline.Add(new TimelineEntry(now, TimelineType.Released));
        }

        return parked.Count;
    }

    private void Enqueue(WorkItem item, DateTimeOffset now)
    {
        var waits = item.DueAt > now;
        if (image.Queue.Contains(item.Kind, item.Id))
        {
            return;
        }

        image.Queue.Add(new WorkEntry
        {
            Kind = item.Kind,
            Id = item.Id,
            Tenant = item.Tenant,
            Lane = item.Priority,
            Item = item with { Payload = item.Payload.ToArray() },
            State = waits ? WorkState.Waiting : WorkState.Ready,
            Due = waits ? item.DueAt : now,
            Since = now,
        });
    }
}

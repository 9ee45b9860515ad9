namespace Messaging.Storage.Memory;

/// <summary>Ends claims: what was learned goes into the row, and the work goes where it belongs.</summary>
internal sealed class Settling(StoreImage image, StatusKeeper status)
{
    public static Why Withdrawn { get; } = new(WhyCodes.Canceled, "It was cancelled.");

    public static TimelineType EntryTypeOf(WorkState next) => next switch
    {
        WorkState.Parked => TimelineType.Parked,
        WorkState.Done => TimelineType.Settled,
        _ => TimelineType.Deferred,
    };

    public void Begin(AttemptStart begin)
    {
        var work = image.Held(begin.Lease);
        image.Queue[work].Call = CallMark.Begun;
        if (begin.Lease.Kind == WorkKind.Deliver)
        {
            status.SetAccount(image.Queue[work].Subject, image.Names.Add(begin.Account));
        }
    }

    public void Apply(Settlement settle, long now)
    {
        var work = image.Held(settle.Lease);
        ref var row = ref image.Queue[work];
        row.Claims = settle.HandBack ? row.Claims - 1 : 0;
        if (settle.Lease.Kind == WorkKind.Deliver)
        {
            SettleDelivery(work, row.Subject, settle, now);
        }
        else
        {
            SettleItem(work, row.Subject, settle, now);
        }
    }

    /// <summary>Ends a claim whose time is over: the work may be claimed again, or is withdrawn when somebody asked for that.</summary>
    public void Lose(int work, long now)
    {
        ref var row = ref image.Queue[work];
        if (row.Kind != (byte)WorkKind.Deliver)
        {
            image.Queue.Lose(work);
            return;
        }

        var subject = row.Subject;
        ref var delivery = ref image.Deliveries[subject];
        if (!delivery.Has(DeliveryFlags.CancelRequested))
        {
            image.Queue.Lose(work);
            status.Update(subject);
            return;
        }

        if (row.Call != CallMark.None)
        {
            image.Evidence.Add(ref delivery, MessageEventType.Unconfirmed, Ticks.ToInstant(image.Queue.LeaseEnd(work)), delivery.Generation);
        }

        Withdraw(subject, Ticks.ToInstant(now), now, image.Stories.WhyOf(delivery));
    }

    /// <summary>Ends a delivery because somebody withdrew it.</summary>
    public void Withdraw(int row, DateTimeOffset at, long now, Why? why)
    {
        ref var delivery = ref image.Deliveries[row];
        image.Evidence.Add(ref delivery, MessageEventType.Canceled, at, delivery.Generation);
        image.Stories.AddReason(
            ref delivery, new TimelineEntry(at, TimelineType.Settled) { Why = why ?? Withdrawn, Event = MessageEventType.Canceled });
        End(row, now);
        status.Update(row);
    }

    /// <summary>Lets go of what nobody needs of a sensitive delivery that is done.</summary>
    public void DropPayloads(int row)
    {
        ref var delivery = ref image.Deliveries[row];
        ref var message = ref image.Messages[delivery.Message];
        if (message.Has(MessageFlags.IsRouted) || !message.Has(MessageFlags.Sensitive | MessageFlags.Drops))
        {
            return;
        }

        image.FreePayload(ref delivery);
        delivery.Set(DeliveryFlags.Dropped, true);
        if (message is { Open: 0 } && !message.Has(MessageFlags.IsBulk))
        {
            image.Messages.DropPayload(delivery.Message);
        }
    }

    private void SettleItem(int work, int item, Settlement settle, long now)
    {
        if (settle.Next != WorkState.Done)
        {
            Requeue(work, settle, now);
            return;
        }

        image.Payloads.Free(image.Queue.Items[item].Payload);
        image.Queue.Items.Remove(item);
        image.Queue.Remove(work);
    }

    private void SettleDelivery(int work, int row, Settlement settle, long now)
    {
        var at = settle.At == default ? Ticks.ToInstant(now) : settle.At;
        ref var delivery = ref image.Deliveries[row];
        var former = image.Counters[delivery.Bucket].Account;
        Learn(work, row, settle, at);
        if (settle.ProviderId is { } providerId)
        {
            image.Receipts.Add(row, image.Counters[delivery.Bucket].Account, former, providerId);
        }

        if (settle.Next != WorkState.Done && delivery.Has(DeliveryFlags.CancelRequested))
        {
            NoteAttempt(row, settle);
            Withdraw(row, at, now, image.Stories.WhyOf(delivery));
            return;
        }

        Tell(row, settle, at);
        image.SetDeadLetter(row, settle.DeadLetter);
        if (settle.Next == WorkState.Done)
        {
            End(row, now);
        }
        else
        {
            Requeue(work, settle, now);
        }

        status.Update(row);
    }

    /// <summary>Notes what the owner found out: the call, what it proves, what was rendered for it.</summary>
    private void Learn(int work, int row, Settlement settle, DateTimeOffset at)
    {
        ref var delivery = ref image.Deliveries[row];
        if (settle.Attempt is { } attempt)
        {
            delivery.Attempts = Next(delivery.Attempts);
            delivery.TotalAttempts = Next(delivery.TotalAttempts);
            status.SetAccount(row, image.Names.Add(attempt.Account));
        }

        if (settle.Proves != MessageEventType.Unknown)
        {
            image.Evidence.Add(ref delivery, settle.Proves, at, delivery.Generation);
        }

        // What became of an earlier owner's call stays unknown until somebody says so.
        ref var call = ref image.Queue[work].Call;
        call = call == CallMark.Lost && settle.Attempt is null && settle.Proves == MessageEventType.Unknown ? CallMark.Lost : CallMark.None;
        if (settle.Payload is { } payload)
        {
            image.FreePayload(ref delivery);
            delivery.Payload = image.Payloads.Add(payload.Span);
        }
    }

    /// <summary>Writes the timeline, or marks the row when that follows from it.</summary>
    private void Tell(int row, Settlement settle, DateTimeOffset at)
    {
        ref var delivery = ref image.Deliveries[row];
        if (OneCall.Fits(delivery, settle, at))
        {
            OneCall.Mark(ref delivery, settle.Attempt!, at);
            delivery.Set(DeliveryFlags.HasWhy, false);
            return;
        }

        NoteAttempt(row, settle);
        if (settle.HandBack)
        {
            return;
        }

        delivery.Set(DeliveryFlags.HasWhy, false);
        if (settle.Next != WorkState.Ready || settle.Why is not null)
        {
            image.Stories.AddReason(ref delivery, new TimelineEntry(at, EntryTypeOf(settle.Next)) { Why = settle.Why, Event = settle.Proves });
        }
    }

    private void NoteAttempt(int row, Settlement settle)
    {
        if (settle.Attempt is { } attempt)
        {
            ref var delivery = ref image.Deliveries[row];
            image.Stories.Add(ref delivery, new TimelineEntry(attempt.StartedAt, TimelineType.Attempt)
            {
                Event = attempt.Result,
                Attempt = delivery.TotalAttempts,
                Account = attempt.Account,
                Elapsed = attempt.Elapsed,
                ProviderCode = attempt.ProviderCode,
                ProviderText = attempt.ProviderText,
                Why = settle.Why,
            });
        }
    }

    private static ushort Next(ushort count) => count == ushort.MaxValue ? count : (ushort)(count + 1);

    private void Requeue(int work, Settlement settle, long now)
    {
        if (settle is { HandBack: true, Next: WorkState.Ready })
        {
            image.Queue.HandBack(work);
        }
        else
        {
            image.Queue.Move(work, settle.Next, settle.DueAt.UtcTicks, settle.ParkKey, now);
        }
    }

    private void End(int row, long now)
    {
        ref var delivery = ref image.Deliveries[row];
        image.Queue.Remove(delivery.Work);
        delivery.Work = 0;
        delivery.SettledAt = now;
        image.Messages[delivery.Message].Open--;
        DropPayloads(row);
    }
}

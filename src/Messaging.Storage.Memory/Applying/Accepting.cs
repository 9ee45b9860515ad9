namespace Messaging.Storage.Memory;

/// <summary>Takes in new messages, deliveries and work.</summary>
internal sealed class Accepting(StoreImage image, StatusKeeper status, Settling settling)
{
    public void Apply(Acceptance accept, long now)
    {
        var message = 0;
        if (accept.Message is { } stored)
        {
            message = image.Messages.Add(stored, isBulk: accept.Deliveries.Count == 0);
        }

        for (var i = 0; i < accept.Deliveries.Count; i++)
        {
            var delivery = accept.Deliveries[i];
            Apply(delivery, delivery.MessageId == accept.Message?.Id ? message : image.Messages.Find(delivery.MessageId), now);
        }

        DropPayloads(accept.Deliveries);
        if (accept.Idempotency is { } claim)
        {
            var first = message != 0 ? message : image.Messages.Find(accept.Deliveries[0].MessageId);
            image.Idempotency.Add(image.Messages[first].Tenant, claim, new MessageId(image.Messages[first].Id), now);
        }
    }

    public void Enqueue(WorkItem item, long now)
    {
        if (image.Queue.Items.Find(item.Kind, item.Id) != 0)
        {
            return;
        }

        var row = image.Queue.Items.Add(item, image.Payloads.Add(item.Payload.Span));
        image.Queue.Items[row].Work =
            image.Queue.Add(item.Kind, row, image.Tenants.Add(item.Tenant), item.Priority, WorkState.Waiting, item.DueAt.UtcTicks, null, now);
    }

    private void Apply(StoredDelivery stored, int message, long now)
    {
        var row = AddRow(stored, message);
        NoteAttempt(row, stored);
        Note(row, stored);
        ref var delivery = ref image.Deliveries[row];
        if (stored.Work == WorkState.Done)
        {
            delivery.SettledAt = now;
        }
        else
        {
            image.Messages[message].Open++;
            delivery.Work = image.Queue.Add(
                WorkKind.Deliver, row, image.Messages[message].Tenant, stored.Priority, stored.Work, stored.DueAt.UtcTicks, stored.ParkKey, now);
        }

        status.Start(row, image.Deliveries.FactsOf(row).Kind, image.Names.Add(stored.Channel));
        NoteCarrier(row, stored);
        image.SetDeadLetter(row, stored.IsDeadLetter);
    }

    /// <summary>Once all are there: one that is done must not take from the others what they share.</summary>
    private void DropPayloads(IReadOnlyList<StoredDelivery> deliveries)
    {
        for (var i = 0; i < deliveries.Count; i++)
        {
            if (deliveries[i].Work == WorkState.Done)
            {
                settling.DropPayloads(image.Deliveries.Find(deliveries[i].Id.Value));
            }
        }
    }

    private int AddRow(StoredDelivery stored, int message)
    {
        var reference = stored.Reference is null ? null : image.Messages.ReferenceOf(message);
        var facts = image.Records.Add(Facts.Write(image.Writer, stored, image.Names.Add(stored.Address.Kind), reference));
        var row = image.Deliveries.Add(stored.Id.Value, message, facts);
        ref var delivery = ref image.Deliveries[row];
        delivery.AcceptedAt = stored.AcceptedAt.UtcTicks;
        delivery.Priority = (byte)stored.Priority;
        delivery.Payload = image.Payloads.Add(stored.Payload.Span);
        image.Evidence.Put(ref delivery, stored.Evidence);
        if (stored.PlanId is not null)
        {
            image.Messages[message].Flags |= MessageFlags.IsRouted;
        }

        return row;
    }

    /// <summary>Writes down the call of a send within the caller's call, which was made before the delivery came here.</summary>
    private void NoteAttempt(int row, StoredDelivery stored)
    {
        if (stored.Attempt is { } attempt)
        {
            ref var delivery = ref image.Deliveries[row];
            delivery.Attempts = 1;
            delivery.TotalAttempts = 1;
            image.Stories.Add(ref delivery, new TimelineEntry(attempt.StartedAt, TimelineType.Attempt)
            {
                Event = attempt.Result,
                Attempt = 1,
                Account = attempt.Account,
                Elapsed = attempt.Elapsed,
                ProviderCode = attempt.ProviderCode,
                ProviderText = attempt.ProviderText,
                Why = stored.Why,
            });
        }
    }

    /// <summary>Notes which account carried it, and the provider's id, once it is counted.</summary>
    private void NoteCarrier(int row, StoredDelivery stored)
    {
        if (stored.Attempt is not { } attempt)
        {
            return;
        }

        var account = image.Names.Add(attempt.Account);
        status.SetAccount(row, account);
        if (stored.ProviderId is { } providerId)
        {
            image.Receipts.Add(row, account, account, providerId);
        }
    }

    /// <summary>Writes down why it does not go at once.</summary>
    private void Note(int row, StoredDelivery stored)
    {
        if (stored.Work != WorkState.Ready || stored.Why is not null)
        {
            ref var delivery = ref image.Deliveries[row];
            image.Stories.AddReason(ref delivery, new TimelineEntry(stored.AcceptedAt, Settling.EntryTypeOf(stored.Work)) { Why = stored.Why });
        }
    }
}

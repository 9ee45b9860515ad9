using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Takes in new messages, deliveries and work.</summary>
internal sealed class Accepting(WorkingSet set, Placing placing, Storying storying, Settling settling)
{
    public void Apply(Acceptance accept)
    {
        if (accept.Message is { } message)
        {
            set.Messages.Add(message.Id.Value, AcceptedRows.Message(message, accept));
            set.Open[message.Id.Value] = 0;
        }

        foreach (var delivery in accept.Deliveries)
        {
            Apply(delivery);
        }

        // Once all are there: one that is done must not take from the others what they share.
        foreach (var delivery in accept.Deliveries)
        {
            if (delivery.Work == WorkState.Done)
            {
                settling.DropPayloads(set.Deliveries.Find(delivery.Id.Value)!);
            }
        }

        if (accept.Idempotency is { } claim && claim.KeepUntil.UtcTicks > set.Now)
        {
            var row = AcceptedRows.Idempotency(accept, claim);
            set.Idempotency.Add((row.Tenant, row.Key), row);
        }
    }

    public void Enqueue(WorkItem item)
    {
        if (set.Work.Find(((short)item.Kind, item.Id)) is null)
        {
            var work = placing.Add(item.Kind, item.Id, item.Tenant.Value, item.Priority, WorkState.Waiting, item.DueAt.UtcTicks, null);
            work.Payload = item.Payload.ToArray();
        }
    }

    private void Apply(StoredDelivery stored)
    {
        var row = AcceptedRows.Delivery(stored);
        row.Place = set.NextPlace();
        set.Deliveries.Add(row.Id, row);
        if (row.ItemHash is { } item)
        {
            set.Items.Add((row.MessageId, item));
        }

        var message = set.Messages.Find(row.MessageId)!;
        if (stored.PlanId is not null && !message.IsRouted)
        {
            message.IsRouted = true;
            set.Messages.Touch(message.Id);
        }

        if (stored.Work != WorkState.Done)
        {
            var work = placing.Add(WorkKind.Deliver, row.Id, row.Tenant, stored.Priority, stored.Work, stored.DueAt.UtcTicks, stored.ParkKey);
            work.Plain = !message.Sensitive && !message.Drops;
            set.Open[message.Id] = set.Open.GetValueOrDefault(message.Id) + 1;
        }

        NoteCall(row, stored);
        NoteWhy(row, stored);
    }

    /// <summary>Writes down the call of a send within the caller's call, which was made before the delivery came here.</summary>
    private void NoteCall(DeliveryRow row, StoredDelivery stored)
    {
        if (stored.Attempt is not { } attempt)
        {
            return;
        }

        var state = set.StateOf(row);
        (state.Attempts, state.TotalAttempts, state.Account) = (1, 1, attempt.Account);
        settling.SetProviderId(state, row, stored.ProviderId);
        storying.Add(row.Id, attempt, 1, stored.Why);
    }

    /// <summary>Writes down why it does not go at once, and what is known already.</summary>
    private void NoteWhy(DeliveryRow row, StoredDelivery stored)
    {
        if (stored.Work != WorkState.Ready || stored.Why is not null)
        {
            storying.Add(row.Id, stored.AcceptedAt, Storying.EntryTypeOf(stored.Work), stored.Why);
        }

        if (stored is { Work: not WorkState.Done, Why: null, Evidence.Entries.IsEmpty: true })
        {
            return;
        }

        var state = set.StateOf(row);
        Storying.SetWhy(state, stored.Why);
        state.Evidence = EvidenceBytes.Write(stored.Evidence);
        state.SettledAt = stored.Work == WorkState.Done ? set.Now : null;
        state.DeadLetter = stored.IsDeadLetter;
        settling.UpdateStatus(state);
    }
}

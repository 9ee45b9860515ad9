using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Does what operators ask for.</summary>
internal sealed class Commanding(WorkingSet set, Placing placing, Storying storying, Settling settling)
{
    public void Apply(DeliveryCommand command)
    {
        var delivery = set.Deliveries.Find(command.DeliveryId.Value)!;
        var work = set.WorkOf(delivery.Id);
        switch (command.Type)
        {
            case DeliveryCommandType.Cancel when work is { State: (short)WorkState.Leased }:
                (work.CancelRequested, work.Plain) = (true, false);
                set.Touch(work);
                Storying.SetWhy(set.StateOf(delivery), command.Why ?? Storying.Withdrawn);
                break;
            case DeliveryCommandType.Cancel when work is not null:
                settling.Withdraw(delivery, command.At, command.Why);
                break;
            case DeliveryCommandType.MakeDue when set.Stands(work) is WorkState.Waiting or WorkState.Parked:
                MakeReady(work!, command.At, command.Why);
                break;
            case DeliveryCommandType.Redrive when work is null:
                Redrive(delivery, command);
                break;
            case DeliveryCommandType.Purge:
                set.StateOf(delivery).DeadLetter = false;
                break;
        }
    }

    /// <summary>Makes what is parked under a key ready, the oldest first.</summary>
    public int Apply(Release release)
    {
        var parked = set.Work.Rows
            .Where(work => work.State == (short)WorkState.Parked && work.ParkKey == release.ParkKey)
            .OrderBy(work => work.Place).Take(release.Max).ToList();
        parked.ForEach(work => MakeReady(work, Codes.ToInstant(set.Now), null));
        return parked.Count;
    }

    public void Apply(PayloadDrop drop)
    {
        var message = set.Messages.Find(drop.MessageId.Value)!;
        (message.Drops, message.IsRouted, message.IsBulk) = (true, false, false);
        set.Messages.Touch(message.Id);
        foreach (var delivery in set.Deliveries.Rows.Where(row => row.MessageId == message.Id).ToList())
        {
            if (set.WorkOf(delivery.Id) is not { } work)
            {
                settling.DropPayloads(delivery);
            }
            else if (work.Plain)
            {
                work.Plain = false;
                set.Touch(work);
            }
        }

        if (set.Open.GetValueOrDefault(message.Id) == 0)
        {
            message.Payload = [];
        }
    }

    private void MakeReady(WorkRow work, DateTimeOffset at, Why? why)
    {
        placing.Move(work, WorkState.Ready, set.Now, null);
        if (work.Kind == (short)WorkKind.Deliver)
        {
            storying.Add(work.Id, at, TimelineType.Released, why);
        }
    }

    private void Redrive(DeliveryRow delivery, DeliveryCommand command)
    {
        var state = set.StateOf(delivery);
        storying.WriteDownCall(state);
        storying.Add(delivery.Id, command.At, TimelineType.Redriven, command.Why);
        Storying.SetWhy(state, command.Why);
        (state.DeadLetter, state.CancelRequested, state.Attempts, state.SettledAt) = (false, false, 0, null);
        state.Generation++;
        var work = placing.Add(WorkKind.Deliver, delivery.Id, delivery.Tenant, (MessagePriority)delivery.Priority, WorkState.Ready, set.Now, null);
        work.Plain = false;
        if (set.Open.TryGetValue(delivery.MessageId, out var open))
        {
            set.Open[delivery.MessageId] = open + 1;
        }

        settling.UpdateStatus(state);
    }
}

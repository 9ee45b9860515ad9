namespace Messaging.Storage.Memory;

/// <summary>Does what operators ask for.</summary>
internal sealed class Commanding(StoreImage image, StatusKeeper status, Settling settling)
{
    public void Apply(DeliveryCommand command, long now)
    {
        var row = image.Deliveries.Find(command.DeliveryId.Value);
        ref var delivery = ref image.Deliveries[row];
        var state = delivery.Work == 0 ? WorkState.Done : image.Queue[delivery.Work].Stands;
        switch (command.Type)
        {
            case DeliveryCommandType.Cancel when state == WorkState.Leased:
                delivery.Set(DeliveryFlags.CancelRequested, true);
                image.Stories.AddReason(ref delivery, command.Why ?? Settling.Withdrawn);
                break;
            case DeliveryCommandType.Cancel when state != WorkState.Done:
                settling.Withdraw(row, command.At, now, command.Why);
                break;
            case DeliveryCommandType.MakeDue when state is WorkState.Waiting or WorkState.Parked:
                MakeReady(delivery.Work, command.At, command.Why, now);
                break;
            case DeliveryCommandType.Redrive when state == WorkState.Done:
                Redrive(row, command, now);
                break;
            case DeliveryCommandType.Purge:
                image.SetDeadLetter(row, false);
                break;
        }
    }

    /// <summary>Makes what is parked under a key ready, the oldest first.</summary>
    public int Apply(Release release, long now)
    {
        var released = 0;
        while (released < release.Max && image.Queue.FirstParked(release.ParkKey) is var work && work != 0)
        {
            MakeReady(work, Ticks.ToInstant(now), null, now);
            released++;
        }

        return released;
    }

    public void Apply(PayloadDrop drop)
    {
        var message = image.Messages.Find(drop.MessageId);
        ref var row = ref image.Messages[message];
        row.Flags = (row.Flags | MessageFlags.Drops) & ~(MessageFlags.IsRouted | MessageFlags.IsBulk);
        for (var delivery = row.Newest; delivery != 0; delivery = image.Deliveries[delivery].OfMessage.Older)
        {
            if (image.Deliveries[delivery].Work == 0)
            {
                settling.DropPayloads(delivery);
            }
        }

        if (row.Open == 0)
        {
            image.Messages.DropPayload(message);
        }
    }

    private void MakeReady(int work, DateTimeOffset at, Why? why, long now)
    {
        image.Queue.Move(work, WorkState.Ready, now, null, now);
        if (image.Queue[work].Kind == (byte)WorkKind.Deliver)
        {
            var row = image.Queue[work].Subject;
            image.Stories.Add(ref image.Deliveries[row], new TimelineEntry(at, TimelineType.Released) { Why = why });
            status.Update(row);
        }
    }

    private void Redrive(int row, DeliveryCommand command, long now)
    {
        ref var delivery = ref image.Deliveries[row];
        OneCall.WriteDown(image, ref delivery, delivery.FirstFactAt);
        image.SetDeadLetter(row, false);
        delivery.Set(DeliveryFlags.CancelRequested, false);
        delivery.Generation++;
        delivery.Attempts = 0;
        delivery.SettledAt = 0;
        image.Stories.AddReason(ref delivery, new TimelineEntry(command.At, TimelineType.Redriven) { Why = command.Why });
        ref var message = ref image.Messages[delivery.Message];
        message.Open++;
        delivery.Work = image.Queue.Add(
            WorkKind.Deliver, row, message.Tenant, (MessagePriority)delivery.Priority, WorkState.Ready, now, null, now);
        status.Update(row);
    }
}

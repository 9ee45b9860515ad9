namespace Messaging.Storage.Memory;

/// <summary>Forgets deliveries that ended long ago, and messages that have none left. Goes through the rows a few at a time, round and round.</summary>
internal sealed class HistorySweeper(StoreImage image, TimeSpan keepFor)
{
    private int _delivery;
    private int _message;

    /// <summary>Gets or sets where the ids of what is forgotten are noted; <see langword="null"/> when nobody asks.</summary>
    public List<Guid>? Forgotten { get; set; }

    /// <summary>Forgets a delivery or a message again.</summary>
    public void ForgetAgain(Guid id)
    {
        if (image.Deliveries.Find(id) is var delivery && delivery != 0)
        {
            Forget(delivery);
        }
        else if (image.Messages.Find(new MessageId(id)) is var message && message != 0)
        {
            Forget(message, image.Messages[message].Has(MessageFlags.IsCounted));
        }
    }

    /// <summary>Looks at the next rows.</summary>
    public void Sweep(long now, int count)
    {
        var before = now - keepFor.Ticks;
        for (var i = 0; i < count; i++)
        {
            SweepDelivery(before);
            SweepMessage(before);
        }
    }

    private void SweepDelivery(long before)
    {
        var rows = image.Deliveries.Rows;
        if (++_delivery >= rows.End)
        {
            _delivery = 0;
            return;
        }

        if (rows[_delivery] is { Number: > 0, Work: 0 } row && row.SettledAt <= before)
        {
            Forget(_delivery);
        }
    }

    private void SweepMessage(long before)
    {
        var messages = image.Messages;
        if (++_message >= messages.End)
        {
            _message = 0;
            return;
        }

        ref var row = ref messages[_message];
        if (row is { Tenant: > 0, Deliveries: 0 } && row.AcceptedAt <= before)
        {
            Forget(_message, row.Has(MessageFlags.IsCounted));
        }
    }

    private void Forget(int delivery)
    {
        ref var row = ref image.Deliveries[delivery];
        Forgotten?.Add(row.Id);
        image.SetDeadLetter(delivery, false);
        image.EventKeys.Remove(delivery);
        image.Receipts.Remove(delivery);
        image.Stories.Free(ref row);
        image.Evidence.Clear(ref row);
        image.FreePayload(ref row);
        image.Counters.Use(row.Bucket, -1);
        image.Deliveries.Remove(delivery);
    }

    private void Forget(int message, bool counted)
    {
        if (counted)
        {
            image.Counters.Close(message);
        }

        Forgotten?.Add(image.Messages[message].Id);
        image.Messages.Remove(message);
    }
}

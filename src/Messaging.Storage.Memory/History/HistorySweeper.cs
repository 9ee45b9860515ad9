namespace Messaging.Storage.Memory;

/// <summary>Forgets deliveries that ended long ago, and messages that have none left. Goes through the rows a few at a time, round and round.</summary>
internal sealed class HistorySweeper(StoreImage image, TimeSpan keepFor)
{
    private readonly SweptPages _deliveries = new(image.Deliveries.Rows.PerChunk);
    private readonly SweptPages _messages = new(image.Messages.Rows.PerChunk);

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
            SweepDelivery(now, before);
            SweepMessage(now, before);
        }
    }

    private void SweepDelivery(long now, long before)
    {
        var rows = image.Deliveries.Rows;
        var delivery = _deliveries.Next(rows.End, now, before);
        if (delivery == 0 || rows[delivery] is not { Number: > 0, Work: 0 } row)
        {
            return;
        }

        if (row.SettledAt > before)
        {
            _deliveries.Keep(row.SettledAt);
            return;
        }

        Forget(delivery);
        TryForgetMessage(row.Message, before);
    }

    private void SweepMessage(long now, long before)
    {
        var message = _messages.Next(image.Messages.End, now, before);
        if (message != 0 && !TryForgetMessage(message, before) && image.Messages[message] is { Tenant: > 0, Deliveries: 0 } row)
        {
            _messages.Keep(row.AcceptedAt);
        }
    }

    /// <summary>Forgets a message that has no deliveries left, if it is old enough.</summary>
    private bool TryForgetMessage(int message, long before)
    {
        ref var row = ref image.Messages[message];
        if (row is { Tenant: > 0, Deliveries: 0 } && row.AcceptedAt <= before)
        {
            Forget(message, row.Has(MessageFlags.IsCounted));
            return true;
        }

        return false;
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

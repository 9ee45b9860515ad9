namespace Messaging.Storage.Memory;

/// <summary>Forgets deliveries that ended long ago, and messages that have none left. Goes through the rows a few at a time, round and round.</summary>
internal sealed class HistorySweeper(StoreImage image, Retention retention)
{
    private readonly SweptPages _deliveries = new(image.Deliveries.Rows.PerChunk);
    private readonly SweptPages _messages = new(image.Messages.Rows.PerChunk);

    /// <summary>Gets or sets where the ids of what is forgotten are noted; <see langword="null"/> when nobody asks.</summary>
    public List<Guid>? Forgotten { get; set; }

    /// <summary>Gets or sets where the ids of deliveries and messages are noted whose contents are let go of; <see langword="null"/> when nobody asks.</summary>
    public List<Guid>? Faded { get; set; }

    /// <summary>Lets go of a delivery's or a message's contents again.</summary>
    public void FadeAgain(Guid id)
    {
        if (image.Deliveries.Find(id) is var delivery && delivery != 0)
        {
            Fade(delivery);
        }
        else if (image.Messages.Find(new MessageId(id)) is var message && message != 0)
        {
            FadeMessage(message);
        }
    }

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
        for (var i = 0; i < count; i++)
        {
            SweepDelivery(now);
            SweepMessage(now);
        }
    }

    private void SweepDelivery(long now)
    {
        var rows = image.Deliveries.Rows;
        var delivery = _deliveries.Next(rows.End, now, retention.Shortest);
        if (delivery == 0 || rows[delivery] is not { Number: > 0, Work: 0 } row)
        {
            return;
        }

        var until = row.SettledAt + retention.Of(row, image.Messages[row.Message]);
        if (until <= now)
        {
            Forget(delivery);
            TryForgetMessage(row.Message, now);
            return;
        }

        _deliveries.Keep(until);
        SweepContents(delivery, row.SettledAt, now);
    }

    private void SweepContents(int delivery, long settledAt, long now)
    {
        var message = image.Deliveries[delivery].Message;
        if (retention.OfContents == long.MaxValue || image.Messages[message].Has(MessageFlags.IsRouted))
        {
            return;
        }

        if (settledAt + retention.OfContents > now)
        {
            _deliveries.Keep(settledAt + retention.OfContents);
            return;
        }

        if (image.Deliveries[delivery].Payload != 0)
        {
            Fade(delivery);
        }

        if (IsLastContent(message, now))
        {
            FadeMessage(message);
        }
    }

    private void SweepMessage(long now)
    {
        var message = _messages.Next(image.Messages.End, now, retention.Shortest);
        if (message != 0 && !TryForgetMessage(message, now) && image.Messages[message] is { Tenant: > 0, Deliveries: 0 } row)
        {
            _messages.Keep(row.AcceptedAt + retention.Of(row));
        }
    }

    /// <summary>Forgets a message that has no deliveries left, if it is old enough.</summary>
    private bool TryForgetMessage(int message, long now)
    {
        ref var row = ref image.Messages[message];
        if (row is { Tenant: > 0, Deliveries: 0 } && row.AcceptedAt + retention.Of(row) <= now)
        {
            Forget(message, row.Has(MessageFlags.IsCounted));
            return true;
        }

        return false;
    }

    /// <summary>Returns whether a message has content that none of its deliveries needs any more; a bulk's stays, because more deliveries may come.</summary>
    private bool IsLastContent(int message, long now)
    {
        ref var row = ref image.Messages[message];
        if (row is not { Payload: not 0, Open: 0 } || row.Has(MessageFlags.IsBulk))
        {
            return false;
        }

        for (var delivery = row.Newest; delivery != 0; delivery = image.Deliveries[delivery].OfMessage.Older)
        {
            if (image.Deliveries[delivery].SettledAt + retention.OfContents > now)
            {
                return false;
            }
        }

        return true;
    }

    private void Fade(int delivery)
    {
        ref var row = ref image.Deliveries[delivery];
        Faded?.Add(row.Id);
        image.FreePayload(ref row);
        row.Set(DeliveryFlags.Dropped, true);
    }

    private void FadeMessage(int message)
    {
        Faded?.Add(image.Messages[message].Id);
        image.Messages.DropPayload(message);
        for (var delivery = image.Messages[message].Newest; delivery != 0; delivery = image.Deliveries[delivery].OfMessage.Older)
        {
            image.Deliveries[delivery].Set(DeliveryFlags.Dropped, true);
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

namespace Messaging.Storage.Memory;

/// <summary>Keeps what happened to deliveries as chains of records, the newest first. What follows from the row is not written down.</summary>
internal sealed class StoryBook(SlabHeap records, RecordWriter writer, Names names)
{
    private const int TextMost = 500;

    /// <summary>Marks records that are kept for themselves and are no entries: a reason, or a provider's id of an earlier attempt.</summary>
    private const byte Hidden = byte.MaxValue;

    /// <summary>Writes an entry down.</summary>
    public void Add(ref DeliveryRow row, TimelineEntry entry, StoryFields mark = StoryFields.None)
    {
        Begin(row, (byte)entry.Type, entry.At.UtcTicks, FieldsOf(entry) | mark);
        Write(entry.Why);
        Write(entry);
        row.Story = records.Add(writer.Written);
    }

    /// <summary>Writes an entry down whose reason, or its absence, is from now on that of the delivery.</summary>
    public void AddReason(ref DeliveryRow row, TimelineEntry entry)
    {
        Add(ref row, entry, entry.Why is null ? StoryFields.None : StoryFields.IsReason);
        row.Set(DeliveryFlags.HasWhy, entry.Why is not null);
    }

    /// <summary>Writes a reason down that is no entry.</summary>
    public void AddReason(ref DeliveryRow row, Why why)
    {
        Begin(row, Hidden, 0, StoryFields.Why | StoryFields.IsReason | (why.Until is null ? 0 : StoryFields.Until));
        Write(why);
        row.Story = records.Add(writer.Written);
        row.Set(DeliveryFlags.HasWhy, true);
    }

    /// <summary>Writes a report down, with the hash of its key.</summary>
    public void AddEvent(ref DeliveryRow row, TimelineEntry entry, UInt128 key)
    {
        Begin(row, (byte)entry.Type, entry.At.UtcTicks, FieldsOf(entry) | StoryFields.EventKey);
        writer.UInt128(key);
        Write(entry.Why);
        Write(entry);
        row.Story = records.Add(writer.Written);
    }

    /// <summary>Writes down under which id a provider knew an earlier attempt.</summary>
    public void AddReceipt(ref DeliveryRow row, int account, string providerId)
    {
        Begin(row, Hidden, 0, StoryFields.Account | StoryFields.ProviderId);
        writer.Int32(account);
        writer.Text(providerId);
        row.Story = records.Add(writer.Written);
    }

    /// <summary>Walks the records, the newest first.</summary>
    public StoryWalk Walk(in DeliveryRow row) => new(records, row.Story);

    /// <summary>Reads the reason for where a delivery stands.</summary>
    public Why? WhyOf(in DeliveryRow row)
    {
        if (!row.Has(DeliveryFlags.HasWhy))
        {
            return null;
        }

        foreach (var record in Walk(row))
        {
            if (record.Has(StoryFields.IsReason))
            {
                return record.Why();
            }
        }

        return null;
    }

    /// <summary>Reads the entries that were written down, in the order in which that happened.</summary>
    public List<TimelineEntry> Read(in DeliveryRow row)
    {
        var entries = new List<TimelineEntry>();
        foreach (var record in Walk(row))
        {
            if (record.Type != Hidden)
            {
                entries.Add(record.Entry(names));
            }
        }

        entries.Reverse();
        return entries;
    }

    public void Free(ref DeliveryRow row)
    {
        for (var place = row.Story; place != 0;)
        {
            var previous = new StoryRecord(records.Read(place)).Previous;
            records.Free(place);
            place = previous;
        }

        row.Story = 0;
        row.Set(DeliveryFlags.HasWhy, false);
    }

    private static StoryFields FieldsOf(TimelineEntry entry) =>
        (entry.Why is null ? 0 : StoryFields.Why)
        | (entry.Why?.Until is null ? 0 : StoryFields.Until)
        | (entry.Event == MessageEventType.Unknown ? 0 : StoryFields.Event)
        | (entry.Attempt is null ? 0 : StoryFields.Attempt)
        | (entry.Account is null ? 0 : StoryFields.Account)
        | (entry.Elapsed is null ? 0 : StoryFields.Elapsed)
        | (entry.ProviderCode is null ? 0 : StoryFields.ProviderCode)
        | (entry.ProviderText is null ? 0 : StoryFields.ProviderText);

    private void Begin(in DeliveryRow row, byte type, long at, StoryFields fields)
    {
        writer.Start().Int64(row.Story);
        writer.Byte(type);
        writer.Int64(at);
        writer.Int32((int)fields);
    }

    private void Write(Why? why)
    {
        if (why is null)
        {
            return;
        }

        writer.Text(why.Code);
        writer.Text(why.Text);
        if (why.Until is { } until)
        {
            writer.Int64(until.UtcTicks);
        }
    }

    private void Write(TimelineEntry entry)
    {
        if (entry.Event != MessageEventType.Unknown)
        {
            writer.Byte((byte)entry.Event);
        }

        if (entry.Attempt is { } attempt)
        {
            writer.Int32(attempt);
        }

        if (entry.Account is { } account)
        {
            writer.Int32(names.Add(account));
        }

        if (entry.Elapsed is { } elapsed)
        {
            writer.Int64(elapsed.Ticks);
        }

        if (entry.ProviderCode is { } code)
        {
            writer.Text(code);
        }

        if (entry.ProviderText is { } text)
        {
            writer.Text(text.Length > TextMost ? text[..TextMost] : text);
        }
    }
}

namespace Messaging.Storage.Memory;

/// <summary>Messages, found by id. Not thread safe.</summary>
internal sealed class MessageTable(SlabHeap payloads, SlabHeap records, RecordWriter writer, Names names, TenantTable tenants, bool hasPages)
{
    /// <summary>128 rows are a page of 10 KiB.</summary>
    private const int PageBits = 7;

    private readonly RowTable<MessageRow> _rows = new(hasPages ? PageBits : RowTable<MessageRow>.UsualBits);
    private readonly RowIndex _byId = new();

    public RowTable<MessageRow> Rows => _rows;

    public int Count => _rows.Count;

    /// <summary>Gets one more than the greatest row that was ever used.</summary>
    public int End => _rows.End;

    public ref MessageRow this[int row] => ref _rows[row];

    /// <summary>Returns the message; 0 when it is not there.</summary>
    public int Find(MessageId id) => _byId.Find(SeededHash.Of(id.Value), new Key(_rows, id.Value));

    /// <summary>Returns the message of a tenant; 0 when that has none of this id.</summary>
    public int Find(TenantId tenant, MessageId id) => Find(id) is var row && row != 0 && _rows[row].Tenant == tenants.Find(tenant) ? row : 0;

    public int Add(StoredMessage message, bool isBulk)
    {
        var row = _rows.Add();
        ref var added = ref _rows[row];
        added.Id = message.Id.Value;
        added.AcceptedAt = message.AcceptedAt.UtcTicks;
        added.ExpiresAt = message.ExpiresAt?.UtcTicks ?? 0;
        added.Tenant = tenants.Add(message.Tenant);
        added.Category = names.Add(message.Category);
        added.Template = names.Add(message.Template);
        added.Payload = payloads.Add(message.Payload.Span);
        added.Reference = AddReference(message.Reference);
        added.Flags = (message.Sensitive ? MessageFlags.Sensitive : 0) | (isBulk ? MessageFlags.IsBulk : 0);
        _byId.Add(SeededHash.Of(added.Id), row);
        return row;
    }

    public void Remove(int row)
    {
        ref var removed = ref _rows[row];
        DropPayload(row);
        records.Free(removed.Reference);
        _byId.Remove(SeededHash.Of(removed.Id), row);
        _rows.Remove(row);
    }

    public void DropPayload(int row)
    {
        ref var message = ref _rows[row];
        if (message.Has(MessageFlags.Sensitive))
        {
            payloads.Erase(message.Payload);
        }
        else
        {
            payloads.Free(message.Payload);
        }

        message.Payload = 0;
    }

    public string? ReferenceOf(int row)
    {
        var place = _rows[row].Reference;
        return place == 0 ? null : new RecordReader(records.Read(place)).Text();
    }

    public ReadOnlySpan<byte> ReferenceUtf8(int row) => new RecordReader(records.Read(_rows[row].Reference)).Utf8();

    /// <summary>Makes the record that callers see. A sensitive payload is copied: the kept one will be overwritten.</summary>
    public StoredMessage ToRecord(int row)
    {
        ref var message = ref _rows[row];
        var sensitive = message.Has(MessageFlags.Sensitive);
        return new StoredMessage
        {
            Id = new MessageId(message.Id),
            Tenant = tenants[message.Tenant],
            AcceptedAt = Ticks.ToInstant(message.AcceptedAt),
            Category = names[message.Category]!,
            Template = names[message.Template],
            Reference = ReferenceOf(row),
            ExpiresAt = Ticks.ToInstantOrNull(message.ExpiresAt),
            Sensitive = sensitive,
            Payload = sensitive ? payloads.Read(message.Payload).ToArray() : payloads.Get(message.Payload),
        };
    }

    public Action<BinaryWriter> Freeze() => _rows.Freeze().Write;

    public void Thaw() => _rows.Thaw();

    public void Load(BinaryReader reader)
    {
        _rows.Load(reader);
        for (var row = 1; row < _rows.End; row++)
        {
            if (_rows[row].Tenant > 0)
            {
                _byId.Add(SeededHash.Of(_rows[row].Id), row);
            }

            _rows.Trim();
        }
    }

    private long AddReference(string? reference)
    {
        if (reference is null)
        {
            return 0;
        }

        writer.Start().Text(reference);
        return records.Add(writer.Written);
    }

    private readonly struct Key(RowTable<MessageRow> rows, Guid id) : IRowKey
    {
        public bool Is(int row) => rows[row].Id == id;
    }
}

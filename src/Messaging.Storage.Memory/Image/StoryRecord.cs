namespace Messaging.Storage.Memory;

/// <summary>A record of the timeline. One of its methods may be called, once: it reads on from the head.</summary>
internal ref struct StoryRecord
{
    private readonly long _at;
    private readonly StoryFields _fields;
    private RecordReader _rest;

    public StoryRecord(ReadOnlySpan<byte> record)
    {
        _rest = new RecordReader(record);
        Previous = _rest.Int64();
        Type = _rest.Byte();
        _at = _rest.Int64();
        _fields = (StoryFields)_rest.Int32();
        EventKey = Has(StoryFields.EventKey) ? _rest.UInt128() : 0;
    }

    /// <summary>Gets the place of the record before it.</summary>
    public long Previous { get; }

    public byte Type { get; }

    /// <summary>Gets the hash of the key, when it is a report.</summary>
    public UInt128 EventKey { get; }

    public Why? Why()
    {
        if (!Has(StoryFields.Why))
        {
            return null;
        }

        var (code, text) = (_rest.Text(), _rest.Text());
        return new Why(code, text, Has(StoryFields.Until) ? Ticks.ToInstant(_rest.Int64()) : null);
    }

    public TimelineEntry Entry(Names names) => new(Ticks.ToInstant(_at), (TimelineType)Type)
    {
        Why = Why(),
        Event = Has(StoryFields.Event) ? (MessageEventType)_rest.Byte() : MessageEventType.Unknown,
        Attempt = Has(StoryFields.Attempt) ? _rest.Int32() : null,
        Account = Has(StoryFields.Account) ? names[_rest.Int32()] : null,
        Elapsed = Has(StoryFields.Elapsed) ? TimeSpan.FromTicks(_rest.Int64()) : null,
        ProviderCode = Has(StoryFields.ProviderCode) ? _rest.Text() : null,
        ProviderText = Has(StoryFields.ProviderText) ? _rest.Text() : null,
    };

    /// <summary>Reads the account and the id under which a provider knew an earlier attempt; only of a record that has one.</summary>
    public ReadOnlySpan<byte> Receipt(out int account)
    {
        account = _rest.Int32();
        return _rest.Utf8();
    }

    public readonly bool Has(StoryFields field) => (_fields & field) != 0;
}

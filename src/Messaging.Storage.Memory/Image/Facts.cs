using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>What is fixed about a delivery when it is accepted, as a record: flags, then what they announce, then address and reference.</summary>
internal readonly ref struct Facts
{
    private const byte HasContact = 1;
    private const byte HasPlan = 2;
    private const byte HasItem = 4;
    private const byte HasReference = 8;
    private const byte SharesReference = 16;

    private readonly byte _flags;

    public Facts(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record);
        _flags = reader.Byte();
        Kind = reader.Int32();
        Contact = (_flags & HasContact) != 0 ? reader.Guid() : default;
        Plan = (_flags & HasPlan) != 0 ? reader.Guid() : default;
        PlanStep = (_flags & HasPlan) != 0 ? reader.Int32() : 0;
        ItemHash = (_flags & HasItem) != 0 ? reader.UInt128() : 0;
        Address = reader.Utf8();
        OwnReference = (_flags & HasReference) != 0 ? reader.Utf8() : default;
    }

    public int Kind { get; }

    public Guid Contact { get; }

    public Guid Plan { get; }

    public int PlanStep { get; }

    public UInt128 ItemHash { get; }

    public ReadOnlySpan<byte> Address { get; }

    public ReadOnlySpan<byte> OwnReference { get; }

    public ContactId? ContactId => (_flags & HasContact) != 0 ? new ContactId(Contact) : null;

    public PlanId? PlanId => (_flags & HasPlan) != 0 ? new PlanId(Plan) : null;

    public bool IsReferenced => (_flags & (HasReference | SharesReference)) != 0;

    public bool IsReferencedByMessage => (_flags & SharesReference) != 0;

    public static ReadOnlySpan<byte> Write(RecordWriter writer, StoredDelivery delivery, int kind, string? messageReference)
    {
        var shares = delivery.Reference is { } reference && reference == messageReference;
        writer.Start().Byte((byte)(
            (delivery.ContactId is null ? 0 : HasContact)
            | (delivery.PlanId is null ? 0 : HasPlan)
            | (delivery.ItemHash == 0 ? 0 : HasItem)
            | (delivery.Reference is null ? 0 : shares ? SharesReference : HasReference)));
        writer.Int32(kind);
        if (delivery.ContactId is { } contact)
        {
            writer.Guid(contact.Value);
        }

        if (delivery.PlanId is { } plan)
        {
            writer.Guid(plan.Value);
            writer.Int32(delivery.PlanStep);
        }

        if (delivery.ItemHash != 0)
        {
            writer.UInt128(delivery.ItemHash);
        }

        writer.Text(delivery.Address.Value);
        if (delivery.Reference is { } own && !shares)
        {
            writer.Text(own);
        }

        return writer.Written;
    }

    public string AddressText() => Encoding.UTF8.GetString(Address);
}

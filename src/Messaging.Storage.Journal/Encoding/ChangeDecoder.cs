namespace Messaging.Storage.Journal.Encoding;

/// <summary>Reads what <see cref="ChangeEncoder"/> wrote. Bodies are not copied: they point into the record.</summary>
internal static class ChangeDecoder
{
    /// <exception cref="InvalidDataException">The record is not a change of this format.</exception>
    public static DecodedChange Read(ref RecordCursor record)
    {
        var decoded = new DecodedChange();
        for (var part = (ChangePart)record.Byte(); part != ChangePart.End; part = (ChangePart)record.Byte())
        {
            Read(ref record, part, decoded);
        }

        return decoded;
    }

    public static LeaseToken ReadLease(ref RecordCursor record) => new((WorkKind)record.Byte(), record.Guid(), record.Int64());

    private static void Read(ref RecordCursor record, ChangePart part, DecodedChange decoded)
    {
        switch (part)
        {
            case ChangePart.Accept:
                decoded.Accept = AcceptanceFormat.Read(ref record);
                break;
            case ChangePart.Begins:
                decoded.Begins = List(ref record, static (ref RecordCursor r) => new AttemptStart(ReadLease(ref r), r.Text()!));
                break;
            case ChangePart.Settles:
                decoded.Settles = List(ref record, SettlementFormat.Read);
                break;
            case ChangePart.Events:
                decoded.Events = List(ref record, EventFormat.Read);
                break;
            case ChangePart.Commands:
                decoded.Commands = List(ref record, CommandFormat.Read);
                break;
            case ChangePart.Releases:
                decoded.Releases = List(ref record, static (ref RecordCursor r) => new Release(r.Text()!, r.Number()));
                break;
            case ChangePart.Drops:
                decoded.Drops = List(ref record, static (ref RecordCursor r) => new PayloadDrop(new TenantId(r.Text()!), new MessageId(r.Guid())));
                break;
            case ChangePart.Enqueues:
                decoded.Enqueues = List(ref record, WorkItemFormat.Read);
                break;
            case ChangePart.Entities:
                decoded.Entities = List(ref record, EntityWrite.Read);
                break;
            default:
                throw new InvalidDataException($"A change has a part {(byte)part}, which this version does not know.");
        }
    }

    private static T[] List<T>(ref RecordCursor record, ReadItem<T> read)
    {
        var items = new T[record.Number()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(ref record);
        }

        return items;
    }

    private delegate T ReadItem<out T>(ref RecordCursor record);
}

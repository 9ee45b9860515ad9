namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes a change in the order in which it is applied, so that its bodies are met in the same order again.</summary>
internal static class ChangeEncoder
{
    public static void Write(RecordBuffer record, Change change)
    {
        if (change.Accept is { } accept)
        {
            record.Byte((byte)ChangePart.Accept);
            AcceptanceFormat.Write(record, accept);
        }

        Write(record, ChangePart.Begins, change.Begins, static (r, begin) =>
        {
            WriteLease(r, begin.Lease);
            r.Text(begin.Account);
        });
        Write(record, ChangePart.Settles, change.Settles, SettlementFormat.Write);
        Write(record, ChangePart.Events, change.Events, EventFormat.Write);
        Write(record, ChangePart.Commands, change.Commands, CommandFormat.Write);
        Write(record, ChangePart.Releases, change.Releases, static (r, release) =>
        {
            r.Text(release.ParkKey);
            r.Number(release.Max);
        });
        Write(record, ChangePart.Drops, change.Drops, static (r, drop) =>
        {
            r.Text(drop.Tenant.Value);
            r.Guid(drop.MessageId.Value);
        });
        Write(record, ChangePart.Enqueues, change.Enqueues, WorkItemFormat.Write);
        Write(record, ChangePart.Entities, change.Entities, static (r, entity) => entity.Accept(new EntityEncoder(r)));
        record.Byte((byte)ChangePart.End);
    }

    public static void WriteLease(RecordBuffer record, LeaseToken lease)
    {
        record.Byte((byte)lease.Kind);
        record.Guid(lease.WorkId);
        record.Int64(lease.Fence);
    }

    private static void Write<T>(RecordBuffer record, ChangePart part, IReadOnlyList<T> items, Action<RecordBuffer, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        record.Byte((byte)part);
        record.Number(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            write(record, items[i]);
        }
    }
}

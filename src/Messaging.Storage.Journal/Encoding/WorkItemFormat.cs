namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes and reads pieces of work.</summary>
internal static class WorkItemFormat
{
    public static void Write(RecordBuffer record, WorkItem item)
    {
        record.Guid(item.Id);
        record.Byte((byte)item.Kind);
        record.Text(item.Tenant.Value);
        record.Byte((byte)item.Priority);
        record.Int64(item.DueAt.UtcTicks);
        record.Body(item.Payload.Span);
    }

    public static WorkItem Read(ref RecordCursor record) => new()
    {
        Id = record.Guid(),
        Kind = (WorkKind)record.Byte(),
        Tenant = new TenantId(record.Text()!),
        Priority = (MessagePriority)record.Byte(),
        DueAt = record.Instant(),
        Payload = record.Body(),
    };
}

namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes and reads operators' commands.</summary>
internal static class CommandFormat
{
    public static void Write(RecordBuffer record, DeliveryCommand command)
    {
        record.Byte((byte)command.Type);
        record.Text(command.Tenant.Value);
        record.Guid(command.DeliveryId.Value);
        record.Int64(command.At.UtcTicks);
        record.Byte(command.Why is null ? (byte)0 : (byte)1);
        if (command.Why is { } why)
        {
            FactFormat.Write(record, why);
        }
    }

    public static DeliveryCommand Read(ref RecordCursor record)
    {
        var (type, tenant, id, at) = ((DeliveryCommandType)record.Byte(), new TenantId(record.Text()!), new DeliveryId(record.Guid()), record.Instant());
        return new DeliveryCommand(type, tenant, id, at, record.Byte() != 0 ? FactFormat.ReadWhy(ref record) : null);
    }
}

namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes and reads providers' reports.</summary>
internal static class EventFormat
{
    public static void Write(RecordBuffer record, StoredEvent stored)
    {
        record.Text(stored.Key);
        record.Text(stored.Tenant.Value);
        record.Guid(stored.DeliveryId.Value);
        record.Byte((byte)stored.Type);
        record.Int64(stored.OccurredAt.UtcTicks);
        record.Int64(stored.ReceivedAt.UtcTicks);
        record.Number((stored.Generation ?? -1) + 1);
        record.Text(stored.Account);
        record.Text(stored.ProviderCode);
        record.Text(stored.ProviderText);
        record.Byte(stored.Quarantined ? (byte)1 : (byte)0);
    }

    public static StoredEvent Read(ref RecordCursor record) => new()
    {
        Key = record.Text()!,
        Tenant = new TenantId(record.Text()!),
        DeliveryId = new DeliveryId(record.Guid()),
        Type = (MessageEventType)record.Byte(),
        OccurredAt = record.Instant(),
        ReceivedAt = record.Instant(),
        Generation = record.Number() is var generation && generation == 0 ? null : generation - 1,
        Account = record.Text(),
        ProviderCode = record.Text(),
        ProviderText = record.Text(),
        Quarantined = record.Byte() != 0,
    };
}

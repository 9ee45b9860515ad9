namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes and reads messages.</summary>
internal static class MessageFormat
{
    private const byte Sensitive = 1;
    private const byte HasExpiry = 2;

    public static void Write(RecordBuffer record, StoredMessage message)
    {
        record.Byte((byte)((message.Sensitive ? Sensitive : 0) | (message.ExpiresAt is null ? 0 : HasExpiry)));
        record.Guid(message.Id.Value);
        record.Text(message.Tenant.Value);
        record.Int64(message.AcceptedAt.UtcTicks);
        record.Text(message.Category);
        record.Text(message.Template);
        record.Text(message.Reference);
        if (message.ExpiresAt is { } expires)
        {
            record.Int64(expires.UtcTicks);
        }

        record.Body(message.Payload.Span);
    }

    public static StoredMessage Read(ref RecordCursor record)
    {
        var has = record.Byte();
        return new StoredMessage
        {
            Sensitive = (has & Sensitive) != 0,
            Id = new MessageId(record.Guid()),
            Tenant = new TenantId(record.Text()!),
            AcceptedAt = record.Instant(),
            Category = record.Text()!,
            Template = record.Text(),
            Reference = record.Text(),
            ExpiresAt = (has & HasExpiry) != 0 ? record.Instant() : null,
            Payload = record.Body(),
        };
    }
}

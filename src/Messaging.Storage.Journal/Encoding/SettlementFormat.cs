namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes and reads settlements.</summary>
internal static class SettlementFormat
{
    private const byte HandBack = 1;
    private const byte DeadLetter = 2;
    private const byte HasWhy = 4;
    private const byte HasAttempt = 8;
    private const byte HasPayload = 16;
    private const byte HasDueAt = 32;

    public static void Write(RecordBuffer record, Settlement settle)
    {
        record.Byte((byte)((settle.HandBack ? HandBack : 0) | (settle.DeadLetter ? DeadLetter : 0) | (settle.Why is null ? 0 : HasWhy)
            | (settle.Attempt is null ? 0 : HasAttempt) | (settle.Payload is null ? 0 : HasPayload) | (settle.DueAt == default ? 0 : HasDueAt)));
        ChangeEncoder.WriteLease(record, settle.Lease);
        record.Byte((byte)settle.Next);
        record.Byte((byte)settle.Proves);
        record.Int64(settle.At.UtcTicks);
        record.Text(settle.ParkKey);
        record.Text(settle.ProviderId);
        if (settle.DueAt != default)
        {
            record.Int64(settle.DueAt.UtcTicks);
        }

        if (settle.Why is { } why)
        {
            FactFormat.Write(record, why);
        }

        if (settle.Attempt is { } attempt)
        {
            FactFormat.Write(record, attempt);
        }

        if (settle.Payload is { } payload)
        {
            record.Body(payload.Span);
        }
    }

    public static Settlement Read(ref RecordCursor record)
    {
        var has = record.Byte();
        return new Settlement
        {
            HandBack = (has & HandBack) != 0,
            DeadLetter = (has & DeadLetter) != 0,
            Lease = ChangeDecoder.ReadLease(ref record),
            Next = (WorkState)record.Byte(),
            Proves = (MessageEventType)record.Byte(),
            At = record.Instant(),
            ParkKey = record.Text(),
            ProviderId = record.Text(),
            DueAt = (has & HasDueAt) != 0 ? record.Instant() : default,
            Why = (has & HasWhy) != 0 ? FactFormat.ReadWhy(ref record) : null,
            Attempt = (has & HasAttempt) != 0 ? FactFormat.ReadAttempt(ref record) : null,
            Payload = (has & HasPayload) != 0 ? record.Body() : (ReadOnlyMemory<byte>?)null,
        };
    }
}

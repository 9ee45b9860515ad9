namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes and reads acceptances.</summary>
internal static class AcceptanceFormat
{
    private const byte HasMessage = 1;
    private const byte HasIdempotency = 2;

    public static void Write(RecordBuffer record, Acceptance accept)
    {
        record.Byte((byte)((accept.Message is null ? 0 : HasMessage) | (accept.Idempotency is null ? 0 : HasIdempotency)));
        if (accept.Message is { } message)
        {
            MessageFormat.Write(record, message);
        }

        record.Number(accept.Deliveries.Count);
        for (var i = 0; i < accept.Deliveries.Count; i++)
        {
            DeliveryFormat.Write(record, accept.Deliveries[i], accept.Message);
        }

        if (accept.Idempotency is { } claim)
        {
            record.Text(claim.Key);
            record.UInt128(claim.Fingerprint);
            record.Int64(claim.KeepUntil.UtcTicks);
        }
    }

    public static Acceptance Read(ref RecordCursor record)
    {
        var has = record.Byte();
        var message = (has & HasMessage) != 0 ? MessageFormat.Read(ref record) : null;
        var deliveries = new StoredDelivery[record.Number()];
        for (var i = 0; i < deliveries.Length; i++)
        {
            deliveries[i] = DeliveryFormat.Read(ref record, message);
        }

        return new Acceptance
        {
            Message = message,
            Deliveries = deliveries,
            Idempotency = (has & HasIdempotency) != 0 ? new IdempotencyClaim(record.Text()!, record.UInt128(), record.Instant()) : null,
        };
    }
}

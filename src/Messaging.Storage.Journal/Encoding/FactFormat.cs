namespace Messaging.Storage.Journal.Encoding;

/// <summary>Writes and reads what other records are made of: reasons, evidence, provider calls.</summary>
internal static class FactFormat
{
    public static void Write(RecordBuffer record, Why why)
    {
        record.Text(why.Code);
        record.Text(why.Text);
        record.Int64(why.Until?.UtcTicks ?? -1);
    }

    public static Why ReadWhy(ref RecordCursor record)
    {
        var (code, text, until) = (record.Text()!, record.Text()!, record.Int64());
        return new Why(code, text, until < 0 ? null : new DateTimeOffset(until, TimeSpan.Zero));
    }

    public static void Write(RecordBuffer record, Evidence evidence)
    {
        record.Number(evidence.Entries.Length);
        foreach (ref readonly var entry in evidence.Entries.AsSpan())
        {
            record.Byte((byte)entry.Type);
            record.Number(entry.Generation);
            record.Int64(entry.First.UtcTicks);
            record.Int64(entry.Last.UtcTicks);
        }
    }

    public static Evidence ReadEvidence(ref RecordCursor record)
    {
        var entries = new EvidenceEntry[record.Number()];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new EvidenceEntry((MessageEventType)record.Byte(), record.Number(), record.Instant(), record.Instant());
        }

        return Evidence.From(entries);
    }

    public static void Write(RecordBuffer record, AttemptOutcome attempt)
    {
        record.Text(attempt.Account);
        record.Int64(attempt.StartedAt.UtcTicks);
        record.Int64(attempt.Elapsed.Ticks);
        record.Byte((byte)attempt.Result);
        record.Text(attempt.ProviderCode);
        record.Text(attempt.ProviderText);
    }

    public static AttemptOutcome ReadAttempt(ref RecordCursor record) =>
        new(record.Text()!, record.Instant(), TimeSpan.FromTicks(record.Int64()), (MessageEventType)record.Byte())
        {
            ProviderCode = record.Text(),
            ProviderText = record.Text(),
        };
}

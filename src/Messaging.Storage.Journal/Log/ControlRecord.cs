using Messaging.Storage.Journal.Encoding;

namespace Messaging.Storage.Journal.Log;

/// <summary>A record that is put together under the store's lock: what happened to claims and history.</summary>
internal readonly struct ControlRecord : IDisposable
{
    public ControlRecord(long now)
    {
        Payload = RecordBuffer.Rent();
        Payload.Take(RecordHeader.Size);
        Payload.Int64(now);
    }

    public RecordBuffer Payload { get; }

    public LogBatch Append(JournalLog log, RecordType type) => log.Append(Payload, 0, Payload.Length - RecordHeader.Size, type, isUrgent: false);

    public void Dispose() => Payload.Release();
}

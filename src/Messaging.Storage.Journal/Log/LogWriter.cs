using Messaging.Storage.Journal.Diagnostics;
using Messaging.Storage.Journal.Files;

namespace Messaging.Storage.Journal.Log;

/// <summary>Puts records together and writes them in one go. Not thread safe: the journal's own thread calls it.</summary>
internal sealed class LogWriter : IDisposable
{
    private const int Kept = 4 * 1024 * 1024;

    private readonly IJournalDisk _disk;
    private readonly Guid _store;
    private readonly JournalTelemetry _telemetry;
    private byte[] _gathered = new byte[256 * 1024];
    private int _length;
    private int _offset;
    private SegmentHeader _segment;
    private uint _seed;
    private IJournalFile _file;
    private bool _isHeaderDue;
    private long _gatheredLsn;
    private long _lastLsn;
    private long _durableLsn;

    public LogWriter(IJournalDisk disk, Guid store, LogPosition next, JournalTelemetry telemetry)
    {
        (_disk, _store, _telemetry) = (disk, store, telemetry);
        _lastLsn = _durableLsn = next.Lsn - 1;
        _file = disk.OpenLog(SegmentHeader.NameOf(next.Segment));
        Use(new SegmentHeader(store, next.Segment, next.Lsn));
    }

    /// <summary>Writes a batch. When there was no room the same batch may be written again.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isDurable">Whether it is on the disk on return, with all that was written before it.</param>
    public void Write(LogBatch batch, bool isDurable)
    {
        _length = 0;
        foreach (var entry in batch.Entries)
        {
            if (entry.Lsn <= _lastLsn)
            {
                continue;
            }

            if (entry.Segment != _segment.Number)
            {
                Write(isDurable: false);
                Open(entry.Segment, entry.Lsn);
            }

            Gather(entry);
        }

        Write(isDurable);
        if (_gathered.Length > Kept)
        {
            _gathered = new byte[256 * 1024];
        }
    }

    /// <summary>Waits for the disk. A failure is final: what was to be flushed may be lost although the next flush succeeds.</summary>
    /// <exception cref="JournalException">The disk failed.</exception>
    public void Flush()
    {
        var began = JournalTelemetry.Now;
        try
        {
            _file.Flush();
        }
        catch (IOException exception)
        {
            throw LogFailures.Faulted(exception);
        }

        NoteDurable(began);
    }

    public void Dispose() => _file.Dispose();

    private void Gather(LogBatch.Entry entry)
    {
        if (_length == 0)
        {
            _offset = entry.Offset;
            BeginSegment();
        }

        _gatheredLsn = entry.Lsn;
        var padded = RecordHeader.Padded(entry.Length);
        var record = Take(padded);
        entry.Buffer.Bytes.AsSpan(entry.Start, RecordHeader.Size + entry.Length).CopyTo(record);
        record[(RecordHeader.Size + entry.Length)..].Clear();
        RecordHeader.Write(record, entry.Length, entry.Lsn, (uint)Math.Min(uint.MaxValue, entry.Lsn - _durableLsn), entry.Type, _seed);
    }

    private Span<byte> Take(int count)
    {
        if (_gathered.Length - _length < count)
        {
            Array.Resize(ref _gathered, Math.Max(_gathered.Length * 2, _length + count));
        }

        var taken = _gathered.AsSpan(_length, count);
        _length += count;
        return taken;
    }

    private void Write(bool isDurable)
    {
        if (_length == 0)
        {
            return;
        }

        var bytes = _gathered.AsSpan(0, _length);
        var began = JournalTelemetry.Now;
        var isThrough = isDurable && _file.TryWriteThrough(bytes, _offset);
        if (!isThrough)
        {
            _file.Write(bytes, _offset);
        }

        (_lastLsn, _isHeaderDue, _length) = (_gatheredLsn, false, 0);
        if (isThrough)
        {
            NoteDurable(began);
        }
        else if (isDurable)
        {
            Flush();
        }
    }

    private void NoteDurable(long began)
    {
        _telemetry.Flushed(began);
        _durableLsn = _lastLsn;
    }

    /// <summary>Goes on in the next segment. The one before is flushed first, so that only the last can have a torn end.</summary>
    private void Open(long number, long firstLsn)
    {
        Flush();
        var next = _disk.OpenLog(SegmentHeader.NameOf(number));
        _file.Dispose();
        _file = next;
        Use(new SegmentHeader(_store, number, firstLsn));
        _isHeaderDue = true;
    }

    /// <summary>Writes a segment's header together with its first records.</summary>
    private void BeginSegment()
    {
        if (_isHeaderDue)
        {
            _offset = 0;
            _segment.Write(Take(SegmentHeader.Size));
        }
    }

    private void Use(SegmentHeader segment) => (_segment, _seed) = (segment, segment.Seed);
}

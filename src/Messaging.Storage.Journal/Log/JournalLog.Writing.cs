using Messaging.Storage.Journal.Encoding;
using Messaging.Storage.Journal.Files;

namespace Messaging.Storage.Journal.Log;

/// <summary>What the journal's own thread does.</summary>
internal sealed partial class JournalLog
{
    /// <summary>How long a full disk is left alone between two attempts.</summary>
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(250);

    private readonly List<LogBatch> _unflushed = [];

    private void Run()
    {
        _ = ShortSlice.TryAsk();
        LogBatch? batch = null;
        try
        {
            while (TryTake(out batch))
            {
                Write(batch);
            }

            Close();
        }
        catch (Exception exception)
        {
            Fail(batch, exception as JournalException ?? LogFailures.Faulted(exception));
        }
    }

    /// <summary>Waits for records, or for the moment at which those before must be flushed.</summary>
    /// <returns><see langword="false"/> when the journal is being closed and nothing is left.</returns>
    private bool TryTake(out LogBatch? batch)
    {
        lock (_gate)
        {
            while (_pending.Entries.Count == 0 && !_stopping)
            {
                _isIdle = true;
                var woken = Monitor.Wait(_gate, _pace.Patience);
                _isIdle = false;
                if (!woken)
                {
                    batch = null;
                    return true;
                }
            }

            batch = _pending.Entries.Count == 0 ? null : _pending;
            _pending = batch is null ? _pending : new LogBatch();
            return batch is not null || !_stopping;
        }
    }

    private void Write(LogBatch? batch)
    {
        var isDue = batch is { IsUrgent: true } || _pace.IsDue;
        if (batch is null)
        {
            if (isDue)
            {
                Flush();
            }

            return;
        }

        WriteOrWait(batch, isDue);
        _unflushed.Add(batch);
        batch.SetWritten();
        _pace.Wrote();
        if (isDue)
        {
            SetDurable();
        }
    }

    /// <summary>Writes into room that was made ahead. Some file systems need new room for that all the same; then nothing is taken in until there is some.</summary>
    private void WriteOrWait(LogBatch batch, bool isDurable)
    {
        while (true)
        {
            try
            {
                _writer.Write(batch, isDurable);
                break;
            }
            catch (IOException exception) when (DiskErrors.IsFull(exception))
            {
                Pause(LogFailures.Full(exception));
            }
        }

        Volatile.Write(ref _failure, null);
        foreach (var entry in batch.Entries)
        {
            entry.Buffer.Release();
        }

        batch.Entries.Clear();
    }

    private void Pause(JournalException full)
    {
        lock (_gate)
        {
            Volatile.Write(ref _failure, full);
            if (_stopping)
            {
                throw full;
            }

            Monitor.Wait(_gate, FullPause);
        }
    }

    private void Flush()
    {
        _writer.Flush();
        SetDurable();
    }

    private void SetDurable()
    {
        foreach (var batch in _unflushed)
        {
            batch.SetDurable();
        }

        _unflushed.Clear();
        _pace.Flushed();
    }

    /// <summary>Marks the end in order: with it, damage to any record before it is told from a torn end.</summary>
    private void Close()
    {
        Flush();
        var buffer = RecordBuffer.Rent();
        buffer.Take(RecordHeader.Size);
        var end = new LogBatch();
        lock (_gate)
        {
            if (RecordHeader.Size <= _size - _next.Offset)
            {
                end.Entries.Add(new LogBatch.Entry(buffer, 0, 0, RecordType.Closed, _next.Lsn, _next.Segment, _next.Offset));
            }

            _failure = LogFailures.Closed();
        }

        _writer.Write(end, isDurable: true);
    }

    private void Fail(LogBatch? batch, JournalException failure)
    {
        lock (_gate)
        {
            Volatile.Write(ref _failure, failure);
            _stopping = true;
            batch?.Fail(failure);
            _pending.Fail(failure);
        }

        foreach (var waiting in _unflushed)
        {
            waiting.Fail(failure);
        }

        _unflushed.Clear();
    }
}

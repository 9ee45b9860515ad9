using System.Buffers;

namespace Messaging.Storage.Journal.Files;

/// <summary>A file whose writes are put aside and written by another thread: who holds the store's lock waits for no file system.</summary>
/// <remarks>
/// Reads see what was put aside. A write that fails stays there and is tried again with the next, which is refused while that fails; so nothing that was
/// taken is lost but with the process, and it counts once <see cref="Flush"/> has returned. Safe for concurrent use.
/// </remarks>
internal sealed class BehindFile(IJournalFile file) : IJournalFile
{
    /// <summary>With more than this aside, who writes does the work itself.</summary>
    private const int Most = 4 * 1024 * 1024;

    /// <summary>Held while the file is written to.</summary>
    private readonly Lock _writing = new();

    /// <summary>Guards what is aside; taken after the other.</summary>
    private readonly Lock _gate = new();
    private readonly Queue<Write> _aside = [];
    private int _bytes;
    private bool _isDrainComing;
    private bool _hasFailed;

    public long Length
    {
        get
        {
            lock (_gate)
            {
                return _aside.Aggregate(file.Length, (length, write) => Math.Max(length, write.End));
            }
        }
    }

    public int Read(Span<byte> bytes, long offset)
    {
        lock (_gate)
        {
            var read = file.Read(bytes, offset);
            bytes[read..].Clear();
            foreach (var write in _aside)
            {
                read = Math.Max(read, write.CopyTo(bytes, offset));
            }

            return read;
        }
    }

    /// <exception cref="IOException">A write of before failed again.</exception>
    void IJournalFile.Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (IsBehind())
        {
            Drain();
        }

        var copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(copy);
        lock (_gate)
        {
            _aside.Enqueue(new Write(copy, bytes.Length, offset));
            _bytes += bytes.Length;
            if (!_isDrainComing)
            {
                _isDrainComing = true;
                ThreadPool.UnsafeQueueUserWorkItem(static behind => behind.DrainLater(), this, preferLocal: false);
            }
        }
    }

    /// <exception cref="IOException">What was put aside could not be written, or the disk failed.</exception>
    public void Flush()
    {
        Drain();
        file.Flush();
    }

    public void Dispose()
    {
        lock (_writing)
        {
            lock (_gate)
            {
                _aside.Clear();
                _bytes = 0;
            }

            file.Dispose();
        }
    }

    private bool IsBehind()
    {
        lock (_gate)
        {
            return _hasFailed || _bytes >= Most;
        }
    }

    private void DrainLater()
    {
        try
        {
            Drain();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Who writes or flushes next tries again, and is told.
        }
    }

    private void Drain()
    {
        lock (_writing)
        {
            while (First() is { } write)
            {
                try
                {
                    file.Write(write.Span, write.Offset);
                }
                catch
                {
                    Fail();
                    throw;
                }

                Done();
            }
        }
    }

    private Write? First()
    {
        lock (_gate)
        {
            _isDrainComing = _aside.TryPeek(out var write);
            return write;
        }
    }

    private void Done()
    {
        lock (_gate)
        {
            var write = _aside.Dequeue();
            _bytes -= write.Span.Length;
            _hasFailed = false;
            ArrayPool<byte>.Shared.Return(write.Bytes);
        }
    }

    private void Fail()
    {
        lock (_gate)
        {
            (_hasFailed, _isDrainComing) = (true, false);
        }
    }

    private sealed record Write(byte[] Bytes, int Length, long Offset)
    {
        public ReadOnlySpan<byte> Span => Bytes.AsSpan(0, Length);

        public long End => Offset + Length;

        /// <summary>Copies what it has of a stretch.</summary>
        /// <returns>How far into the stretch that goes; 0 when it has nothing of it.</returns>
        public int CopyTo(Span<byte> bytes, long offset)
        {
            var (from, to) = (Math.Max(Offset, offset), Math.Min(End, offset + bytes.Length));
            if (from >= to)
            {
                return 0;
            }

            Span[(int)(from - Offset)..(int)(to - Offset)].CopyTo(bytes[(int)(from - offset)..]);
            return (int)(to - offset);
        }
    }
}

using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;
using Messaging.Storage.Journal.Recovery;
using Messaging.Storage.Memory;
using Microsoft.Extensions.Logging;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>Puts a snapshot in the place of what was written before it, in the background, while the store goes on.</summary>
/// <remarks>
/// At every moment the manifest names a snapshot and segments that belong together and are durable; what it names no more is deleted after that. A crash
/// leaves files that nobody names, which the next start deletes.
/// </remarks>
internal sealed partial class Compactor(IJournalDisk disk, JournalOptions options, JournalLog log, MemoryStore memory, ImageFiles files, ILogger logger)
    : IDisposable
{
    /// <summary>A store that holds much does not write all of it again for each little that is new.</summary>
    private const int PerSnapshot = 2;

    private readonly SemaphoreSlim _one = new(1);
    private readonly GentleFlush _flush = new(TimeSpan.FromMilliseconds(2));
    private Manifest _manifest = null!;
    private long _size;
    private Task _running = Task.CompletedTask;
    private long _since;
    private long _lsn;
    private long _triedAt;
    private volatile bool _isClosed;

    /// <summary>Begins with what was read back.</summary>
    public void Start(RecoveredJournal journal, long now) =>
        (_manifest, _size, _since) = (journal.Manifest, SizeOf(journal.Manifest.Snapshot), journal.Since == 0 ? now : journal.Since);

    /// <summary>Begins to compact when it is time. Under the store's lock.</summary>
    public void Look(long now)
    {
        var next = log.Next;
        var grown = (next.Segment - _manifest.Segment) * options.SegmentSize;
        var isDue = (grown >= options.CompactAfter && grown >= SizeOfNext() * PerSnapshot)
            || (now - _since >= options.EraseWithin.Ticks && next.Lsn > _lsn + 1);
        if (isDue && next.Segment != _triedAt && _running.IsCompleted && !_isClosed)
        {
            _triedAt = next.Segment;
            _running = Task.Run(TryCompactAsync);
        }
    }

    /// <summary>Compacts now.</summary>
    /// <exception cref="IOException">The disk is full or failed; the journal is as before.</exception>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var frozen = await FreezeAsync(cancellationToken).ConfigureAwait(false);
            var snapshot = await Task.Factory.StartNew(
                () => WriteOrPutBack(frozen), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            Replace(snapshot, frozen);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Copies the journal as it stands now; nothing is compacted meanwhile, so that no file changes but by growing.</summary>
    public async Task BackupAsync(JournalBackup backup, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            LogPosition end;
            Task durable;
            while (!TryMark(out end, out durable))
            {
                await log.MakeRoomAsync(cancellationToken).ConfigureAwait(false);
            }

            await durable.ConfigureAwait(false);
            await Task.Run(() => backup.Run(disk, _manifest, end, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _isClosed = true;
        _flush.Hurry();
        ((IAsyncResult)_running).AsyncWaitHandle.WaitOne();
        _flush.Dispose();
        _one.Dispose();
    }

    private async Task TryCompactAsync()
    {
        try
        {
            await CompactAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
        }
    }

    /// <summary>Ends the segment and takes the image as it stands there.</summary>
    private async Task<Frozen> FreezeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await log.MakeRoomAsync(cancellationToken).ConfigureAwait(false);
            if (TryFreeze(out var frozen, out var durable))
            {
                // What the snapshot holds must not be more durable than the journal that leads to it.
                await durable.ConfigureAwait(false);
                return frozen;
            }
        }
    }

    private bool TryFreeze(out Frozen frozen, out Task durable)
    {
        lock (memory.Gate)
        {
            log.ThrowIfFailed();
            var now = memory.Tick();
            if (log.TryTurn() is not { } position)
            {
                (frozen, durable) = (null!, Task.CompletedTask);
                return false;
            }

            frozen = new Frozen(new SnapshotHeader(_manifest.Store, position.Lsn, now), position.Segment, memory.Image.Freeze(), files.TakeStock());
            using var mark = new ControlRecord(now);
            durable = log.Append(mark.Payload, 0, 0, RecordType.Closed, isUrgent: true).Durable;
            return true;
        }
    }

    private bool TryMark(out LogPosition end, out Task durable)
    {
        lock (memory.Gate)
        {
            log.ThrowIfFailed();
            (end, durable) = (log.Next, Task.CompletedTask);
            if (!log.HasRoom(0, mayUseSlack: true))
            {
                return false;
            }

            using var mark = new ControlRecord(memory.Tick());
            durable = log.Append(mark.Payload, 0, 0, RecordType.Closed, isUrgent: true).Durable;
            end = log.Next;
            return true;
        }
    }

    private string WriteOrPutBack(Frozen frozen)
    {
        try
        {
            return Write(frozen);
        }
        catch
        {
            lock (memory.Gate)
            {
                files.PutBack(frozen.Files);
            }

            throw;
        }
    }

    private string Write(Frozen frozen)
    {
        try
        {
            ImageFiles.Flush(frozen.Files);
            return SnapshotFile.Write(disk, frozen.Header, frozen.Image, _flush);
        }
        finally
        {
            lock (memory.Gate)
            {
                memory.Image.Thaw();
            }
        }
    }

    /// <summary>Lets the new snapshot count; then what it replaces goes.</summary>
    private void Replace(string snapshot, Frozen frozen)
    {
        var before = _manifest;
        var after = before with { Segment = frozen.Segment, Snapshot = snapshot };
        after.Write(disk);
        var size = SizeOf(snapshot);
        List<SlabFile> erased;
        lock (memory.Gate)
        {
            (_manifest, _size, _since, _lsn) = (after, size, frozen.Header.Now, frozen.Header.Lsn);
            erased = files.Release(frozen.Files);
        }

        erased.ForEach(file => file.File.Flush());

        if (before.Snapshot is { } old)
        {
            disk.Delete(old);
        }

        foreach (var name in disk.List(SegmentHeader.Pattern).Where(name => SegmentHeader.NumberOf(name) < after.Segment))
        {
            disk.Delete(name);
        }

        Log.Compacted(logger, frozen.Header.Lsn);
    }

    /// <summary>A store that grew writes more than the last time, and the first time at all.</summary>
    private long SizeOfNext() => Math.Max(_size, memory.Image.SnapshotSize);

    private long SizeOf(string? snapshot)
    {
        if (snapshot is null)
        {
            return 0;
        }

        using var file = disk.Open(snapshot, write: false);
        return file.Length;
    }

    private sealed record Frozen(SnapshotHeader Header, long Segment, FrozenImage Image, ImageStock Files);
}

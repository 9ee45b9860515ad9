using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;
using Messaging.Storage.Journal.Snapshots;
using Messaging.Storage.Memory;
using Microsoft.Extensions.Logging;

namespace Messaging.Storage.Journal.Recovery;

/// <summary>Reads a journal back: all that was durable, and of what was not a part without gaps.</summary>
internal sealed partial class JournalRecovery(IJournalDisk disk, JournalOptions options, MemoryStore memory, ImageFiles files, ILogger logger)
{
    private const int LeastRoom = 1024;

    private readonly RecordReplayer _replayer = new(memory);
    private bool _isSalvaged;
    private byte[] _buffer = [];
    private long _records;
    private long _lsn;

    /// <summary>Opens the journal, a new one if there is none.</summary>
    /// <exception cref="JournalException">It is damaged, too new, or cannot be written.</exception>
    public RecoveredJournal Run()
    {
        var manifest = disk.Exists(Manifest.Name) ? Manifest.Read(disk) : Begin();
        Load(manifest);
        var segments = SegmentsOf(manifest);
        var (last, end) = (0L, SegmentHeader.Size);
        foreach (var number in segments)
        {
            var isLast = number == segments[^1];
            if (Replay(manifest, number, isLast) is not { } offset)
            {
                Discard(number);
                break;
            }

            (last, end) = (number, offset);
        }

        if (last == 0)
        {
            (last, end) = (manifest.Segment, BeginFirst(manifest));
        }

        Log.Opened(logger, _records, segments.Count);
        return new RecoveredJournal(manifest, new LogPosition(last, end, _lsn), SizeOf(last), _replayer.FirstMoment, _records)
        {
            HasSpare = TryMakeSpare(last, SizeOf(last) - end), IsSalvaged = _isSalvaged,
        };
    }

    /// <summary>The first record of a start must find room, also behind a segment that is full.</summary>
    private bool TryMakeSpare(long last, int room)
    {
        if (room >= LeastRoom)
        {
            return false;
        }

        new SegmentMaker(disk, options.SegmentSize).Make(last + 1);
        return true;
    }

    /// <summary>Reads the snapshot, and deletes what no manifest names: what a crash left of an attempt to write another.</summary>
    private void Load(Manifest manifest)
    {
        if (manifest.Snapshot is { } name)
        {
            var header = SnapshotFile.Load(disk, name, memory.Image);
            memory.SetNow(header.Now);
            _lsn = header.Lsn;
        }

        files.Loaded();
        foreach (var other in disk.List(SnapshotFile.Pattern).Where(other => other != manifest.Snapshot))
        {
            disk.Delete(other);
        }
    }

    /// <summary>Begins the segment behind a snapshot, when nothing was ever written after that.</summary>
    private int BeginFirst(Manifest manifest)
    {
        if (manifest.Snapshot is null)
        {
            throw Missing(manifest.Segment);
        }

        new SegmentMaker(disk, options.SegmentSize).Make(manifest.Segment);
        Begin(new SegmentHeader(manifest.Store, manifest.Segment, _lsn));
        return SegmentHeader.Size;
    }

    private void Begin(SegmentHeader segment)
    {
        using var file = disk.Open(SegmentHeader.NameOf(segment.Number), write: true);
        var header = new byte[SegmentHeader.Size];
        segment.Write(header);
        file.Write(header, 0);
        file.Flush();
    }

    private Manifest Begin()
    {
        foreach (var name in disk.List(SegmentHeader.Pattern))
        {
            if (HeaderOf(name) is not null)
            {
                throw new JournalException(
                    JournalProblem.Corrupt, "The directory has segments of a journal and no MANIFEST. Restore the missing file, or the directory, from a backup.");
            }
        }

        var manifest = new Manifest { Store = Guid.NewGuid(), Segment = 1 };
        new SegmentMaker(disk, options.SegmentSize).Make(1);
        Begin(new SegmentHeader(manifest.Store, 1, 1));
        manifest.Write(disk);
        return manifest;
    }

    /// <summary>Lists the segments that are needed. Those before were replaced by a snapshot, and go.</summary>
    private List<long> SegmentsOf(Manifest manifest)
    {
        var numbers = new List<long>();
        foreach (var name in disk.List(SegmentHeader.Pattern))
        {
            var number = SegmentHeader.NumberOf(name);
            if (number >= manifest.Segment)
            {
                numbers.Add(number);
            }
            else if (number >= 0)
            {
                disk.Delete(name);
            }
        }

        for (var i = 0; i < numbers.Count; i++)
        {
            if (numbers[i] != manifest.Segment + i)
            {
                Refuse(Missing(manifest.Segment + i));
            }
        }

        return numbers;
    }

    /// <summary>Reads a segment.</summary>
    /// <returns>Where its records end; <see langword="null"/> when it was made ahead and never begun.</returns>
    private int? Replay(Manifest manifest, long number, bool isLast)
    {
        var bytes = ReadAll(SegmentHeader.NameOf(number));
        if (SegmentHeader.TryRead(bytes.Span) is not { } header)
        {
            if (IsUnbegun(manifest, number, bytes))
            {
                return null;
            }

            Refuse(Damaged(number, 0));
            header = new SegmentHeader(manifest.Store, number, _lsn);
        }

        if (header.Store != manifest.Store || header.Number != number || (_lsn != 0 && header.FirstLsn != _lsn))
        {
            Refuse(Damaged(number, 0));
        }

        var reader = new SegmentReader(bytes, header, Math.Max(_lsn, header.FirstLsn), SegmentHeader.Size);
        ReadTo(ref reader, number, isLast || !IsBegun(manifest, number + 1));
        _lsn = reader.Lsn;
        return reader.Offset;
    }

    /// <summary>Reads a segment to its end, which may be torn if nothing was begun behind it.</summary>
    private void ReadTo(ref SegmentReader reader, long number, bool mayBeTorn)
    {
        while (true)
        {
            while (reader.Read())
            {
                Apply(reader, number);
            }

            if (mayBeTorn ? !reader.IsDamaged() : reader.IsEnd())
            {
                break;
            }

            var (lsn, offset) = (reader.Lsn, reader.Offset);
            Refuse(Damaged(number, offset));
            if (!reader.Skip())
            {
                Log.LeftOut(logger, SegmentHeader.NameOf(number), offset, lsn, lsn);
                break;
            }

            Log.LeftOut(logger, SegmentHeader.NameOf(number), offset, lsn, reader.Lsn - 1);
        }

        if (mayBeTorn)
        {
            Trim(reader, number);
        }
    }

    /// <summary>Refuses a damaged journal, unless it is to be salvaged.</summary>
    private void Refuse(JournalException damage)
    {
        if (!options.Salvage)
        {
            throw damage;
        }

        _isSalvaged = true;
        Log.Salvaged(logger, damage);
    }

    private void Apply(in SegmentReader reader, long number)
    {
        try
        {
            _replayer.Apply(reader.Header.Type, reader.Payload);
            _records++;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            Refuse(Damaged(number, reader.Offset - RecordHeader.Padded(reader.Header.Length), exception));
        }
    }

    /// <summary>Clears a torn end, so that its bytes are never taken for records, and makes the rest durable: it may be in the system's memory only.</summary>
    private void Trim(in SegmentReader reader, long number)
    {
        using var file = disk.Open(SegmentHeader.NameOf(number), write: true);
        if (!reader.IsBlank())
        {
            Log.TornEnd(logger, reader.Lsn, SegmentHeader.NameOf(number), reader.Offset);
            Clear(file, reader.Offset);
        }

        file.Flush();
    }

    private static void Clear(IJournalFile file, long from)
    {
        var zeros = new byte[64 * 1024];
        for (var length = file.Length; from < length; from += zeros.Length)
        {
            file.Write(zeros.AsSpan(0, (int)Math.Min(zeros.Length, length - from)), from);
        }
    }

    private bool IsBegun(Manifest manifest, long number) =>
        disk.Exists(SegmentHeader.NameOf(number)) && HeaderOf(SegmentHeader.NameOf(number)) is { } header && header.Store == manifest.Store;

    private SegmentHeader? HeaderOf(string name)
    {
        using var file = disk.Open(name, write: false);
        var header = new byte[SegmentHeader.Size];
        return file.Read(header, 0) == header.Length ? SegmentHeader.TryRead(header) : null;
    }

    /// <summary>A segment without a header was never begun, or its first write was torn; a durable record in it says otherwise.</summary>
    private bool IsUnbegun(Manifest manifest, long number, ReadOnlyMemory<byte> bytes) =>
        !new SegmentReader(bytes, new SegmentHeader(manifest.Store, number, _lsn), _lsn, 0).IsDamaged();

    private void Discard(long number) => disk.Delete(SegmentHeader.NameOf(number));

    /// <summary>Reads a segment into the memory that the one before was read into.</summary>
    private ReadOnlyMemory<byte> ReadAll(string name)
    {
        using var file = disk.Open(name, write: false);
        var length = (int)file.Length;
        _buffer = _buffer.Length >= length ? _buffer : GC.AllocateUninitializedArray<byte>(length);
        return file.Read(_buffer.AsSpan(0, length), 0) == length ? _buffer.AsMemory(0, length) : throw new IOException($"{name} could not be read to its end.");
    }

    private int SizeOf(long number)
    {
        using var file = disk.Open(SegmentHeader.NameOf(number), write: false);
        return (int)file.Length;
    }

    private static JournalException Missing(long number) => new(
        JournalProblem.Corrupt, $"{SegmentHeader.NameOf(number)} is missing from the journal. Restore the file, or the directory, from a backup.");

    private static JournalException Damaged(long number, int offset, Exception? cause = null) => new(
        JournalProblem.Corrupt,
        $"{SegmentHeader.NameOf(number)} of the journal is damaged at byte {offset}: what was durable reads differently now. Nothing was changed. Look after the disk, and restore the directory from a backup; without one, copy it and start once with JournalOptions.Salvage, which lists what it leaves out.",
        cause);
}

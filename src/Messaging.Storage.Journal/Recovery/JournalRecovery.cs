using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;
using Microsoft.Extensions.Logging;

namespace Messaging.Storage.Journal.Recovery;

/// <summary>Reads a journal back: all that was durable, and of what was not a part without gaps.</summary>
internal sealed partial class JournalRecovery(IJournalDisk disk, JournalOptions options, RecordReplayer replayer, ILogger logger)
{
    private long _records;
    private long _lsn;

    /// <summary>Opens the journal, a new one if there is none.</summary>
    /// <exception cref="JournalException">It is damaged, too new, or cannot be written.</exception>
    public RecoveredJournal Run()
    {
        var manifest = disk.Exists(Manifest.Name) ? Manifest.Read(disk) : Begin();
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
            throw Missing(manifest.Segment);
        }

        Log.Opened(logger, _records, segments.Count);
        return new RecoveredJournal(manifest, new LogPosition(last, end, _lsn), SizeOf(last));
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
        using (var file = disk.Open(SegmentHeader.NameOf(1), write: true))
        {
            var header = new byte[SegmentHeader.Size];
            new SegmentHeader(manifest.Store, 1, 1).Write(header);
            file.Write(header, 0);
            file.Flush();
        }

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
                throw Missing(manifest.Segment + i);
            }
        }

        return numbers;
    }

    /// <summary>Reads a segment.</summary>
    /// <returns>Where its records end; <see langword="null"/> when it was made ahead and never begun.</returns>
    private int? Replay(Manifest manifest, long number, bool isLast)
    {
        var bytes = ReadAll(SegmentHeader.NameOf(number));
        if (SegmentHeader.TryRead(bytes) is not { } header)
        {
            return IsUnbegun(manifest, number, bytes) ? null : throw Damaged(number, 0);
        }

        if (header.Store != manifest.Store || header.Number != number || (_lsn != 0 && header.FirstLsn != _lsn))
        {
            throw Damaged(number, 0);
        }

        var reader = new SegmentReader(bytes, header, header.FirstLsn, SegmentHeader.Size);
        while (reader.Read())
        {
            Apply(reader, number);
        }

        _lsn = reader.Lsn;
        if (isLast || !IsBegun(manifest, number + 1))
        {
            Trim(reader, number);
        }
        else if (!reader.IsEnd())
        {
            throw Damaged(number, reader.Offset);
        }

        return reader.Offset;
    }

    private void Apply(in SegmentReader reader, long number)
    {
        try
        {
            replayer.Apply(reader.Header.Type, reader.Payload);
            _records++;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw Damaged(number, reader.Offset - RecordHeader.Padded(reader.Header.Length), exception);
        }
    }

    /// <summary>Clears a torn end, so that its bytes are never taken for records, and makes the rest durable: it may be in the system's memory only.</summary>
    private void Trim(in SegmentReader reader, long number)
    {
        using var file = disk.Open(SegmentHeader.NameOf(number), write: true);
        if (!reader.IsBlank())
        {
            if (reader.IsDamaged())
            {
                throw Damaged(number, reader.Offset);
            }

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

    private bool IsBegun(Manifest manifest, long number) => HeaderOf(SegmentHeader.NameOf(number)) is { } header && header.Store == manifest.Store;

    private SegmentHeader? HeaderOf(string name)
    {
        using var file = disk.Open(name, write: false);
        var header = new byte[SegmentHeader.Size];
        return file.Read(header, 0) == header.Length ? SegmentHeader.TryRead(header) : null;
    }

    /// <summary>A segment without a header was never begun, or its first write was torn; a durable record in it says otherwise.</summary>
    private bool IsUnbegun(Manifest manifest, long number, byte[] bytes) =>
        !new SegmentReader(bytes, new SegmentHeader(manifest.Store, number, _lsn), _lsn, 0).IsDamaged();

    private void Discard(long number) => disk.Delete(SegmentHeader.NameOf(number));

    private byte[] ReadAll(string name)
    {
        using var file = disk.Open(name, write: false);
        var bytes = GC.AllocateUninitializedArray<byte>((int)file.Length);
        return file.Read(bytes, 0) == bytes.Length ? bytes : throw new IOException($"{name} could not be read to its end.");
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
        $"{SegmentHeader.NameOf(number)} of the journal is damaged at byte {offset}: what was durable reads differently now. Nothing was changed. Restore the directory from a backup; look after the disk.",
        cause);
}

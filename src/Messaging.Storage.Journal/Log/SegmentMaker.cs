using Messaging.Storage.Journal.Files;

namespace Messaging.Storage.Journal.Log;

/// <summary>Makes segments ahead, full of zeros: writing into them needs no room and no new names, so it cannot find the disk full.</summary>
internal sealed class SegmentMaker(IJournalDisk disk, int size) : IDisposable
{
    private readonly GentleFlush _flush = new(TimeSpan.FromMilliseconds(5));

    /// <summary>Says that somebody waits for the segment, or soon will: it is made without pauses.</summary>
    public void Hurry() => _flush.Hurry();

    /// <summary>Makes a segment, durably. The disk is left to others in between.</summary>
    /// <exception cref="JournalException">The disk is full, or failed.</exception>
    public void Make(long number)
    {
        var name = SegmentHeader.NameOf(number);
        try
        {
            using (var file = disk.Create(name))
            {
                Fill(file);
            }

            disk.FlushNames();
            _flush.TakeTime();
        }
        catch (IOException exception)
        {
            Discard(name);
            throw DiskErrors.IsFull(exception) ? LogFailures.Full(exception) : LogFailures.Faulted(exception);
        }
    }

    public void Dispose() => _flush.Dispose();

    private void Fill(IJournalFile file)
    {
        var zeros = new byte[Math.Min(GentleFlush.Piece, size)];
        for (var offset = 0; offset < size; offset += zeros.Length)
        {
            file.Write(zeros.AsSpan(0, Math.Min(zeros.Length, size - offset)), offset);
            _flush.Run(file);
        }
    }

    private void Discard(string name)
    {
        try
        {
            disk.Delete(name);
        }
        catch (IOException)
        {
            // The next attempt writes over it.
        }
    }
}

using Messaging.Storage.Journal.Files;

namespace Messaging.Storage.Journal.Log;

/// <summary>Makes segments ahead, full of zeros: writing into them needs no room and no new names, so it cannot find the disk full.</summary>
internal sealed class SegmentMaker(IJournalDisk disk, int size)
{
    private const int Chunk = 1024 * 1024;

    /// <summary>Makes a segment, durably.</summary>
    /// <exception cref="JournalException">The disk is full, or failed.</exception>
    public void Make(long number)
    {
        var name = SegmentHeader.NameOf(number);
        try
        {
            using (var file = disk.Create(name))
            {
                Fill(file);
                file.Flush();
            }

            disk.FlushNames();
        }
        catch (IOException exception)
        {
            Discard(name);
            throw DiskErrors.IsFull(exception) ? LogFailures.Full(exception) : LogFailures.Faulted(exception);
        }
    }

    private void Fill(IJournalFile file)
    {
        var zeros = new byte[Math.Min(Chunk, size)];
        for (var offset = 0; offset < size; offset += zeros.Length)
        {
            file.Write(zeros.AsSpan(0, Math.Min(zeros.Length, size - offset)), offset);
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

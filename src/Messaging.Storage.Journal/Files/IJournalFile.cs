using Messaging.Storage.Journal.Log;

namespace Messaging.Storage.Journal.Files;

/// <summary>An open file of the journal. Tests put one in its place that fails as disks do.</summary>
internal interface IJournalFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads from a place on.</summary>
    /// <returns>How many bytes were read; fewer than asked for only at the end of the file.</returns>
    int Read(Span<byte> bytes, long offset);

    /// <summary>Hands bytes to the operating system: they outlive the process, not yet a loss of power.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Waits until what was written is on the disk.</summary>
    void Flush();

    /// <summary>Writes bytes, and waits until they and what was written before them are on the disk.</summary>
    /// <exception cref="IOException">Nothing counts as written; if there was no room (<see cref="DiskErrors.IsFull"/>), the same may be written again.</exception>
    /// <exception cref="JournalException">The disk failed, which is final.</exception>
    void WriteThrough(ReadOnlySpan<byte> bytes, long offset) => WriteAndFlush(this, bytes, offset);

    /// <summary>Does what <see cref="WriteThrough"/> promises in two steps.</summary>
    protected static void WriteAndFlush(IJournalFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        file.Write(bytes, offset);
        try
        {
            file.Flush();
        }
        catch (IOException exception)
        {
            throw LogFailures.Faulted(exception);
        }
    }
}

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

    /// <summary>Writes bytes so that they and what was written before them are on the disk on return, in one step.</summary>
    /// <returns><see langword="false"/> when the file cannot, or not now: nothing was written, and <see cref="Write"/> and <see cref="Flush"/> do it in two.</returns>
    bool TryWriteThrough(ReadOnlySpan<byte> bytes, long offset) => false;
}

using Microsoft.Win32.SafeHandles;

namespace Messaging.Storage.Journal.Files;

/// <summary>A file on disk.</summary>
internal sealed class JournalFile(SafeFileHandle handle) : IJournalFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> bytes, long offset)
    {
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(handle, bytes[read..], offset + read) is var count && count > 0)
        {
            read += count;
        }

        return read;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

    public void Flush() => DataFlush.Run(handle);

    public void Dispose() => handle.Dispose();
}

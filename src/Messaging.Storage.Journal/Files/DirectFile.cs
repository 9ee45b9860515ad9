using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Messaging.Storage.Journal.Files;

/// <summary>A file that is written from one place on to its end. What must be durable goes past the system's memory: one call writes and is durable, and only the blocks that were written are waited for.</summary>
/// <remarks>
/// Such writes begin and end with blocks. What a block holds before a write is kept from the write before; what it holds behind one becomes zeros, as is
/// right for a log that was made full of zeros. What may linger goes into the system's memory, where it costs nothing; until that is flushed, so must
/// what comes behind it. It goes there in blocks, too: the system has forgotten a block that was written past it, and would read it to change a part.
/// Not thread safe.
/// </remarks>
internal sealed class DirectFile : IJournalFile
{
    /// <summary>A multiple of what disks write at a time.</summary>
    private const int Block = 4096;

    /// <summary>How much is put together and written in one go.</summary>
    private const int Piece = 1024 * 1024;

    private readonly JournalFile _file;
    private readonly SafeFileHandle _direct;
    private readonly Memory<byte> _staged = AllocateAligned();

    /// <summary>Where the last write ended: what its block holds before that is staged already.</summary>
    private long _end = -1;

    /// <summary>Whether something is in the system's memory that was not flushed.</summary>
    private bool _lingers;

    private DirectFile(JournalFile file, SafeFileHandle direct) => (_file, _direct) = (file, direct);

    public long Length => _file.Length;

    /// <summary>Opens a file that is there, if the system, its file system and its length let it be written in blocks.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="file">The same file, opened in the ordinary way; belongs to what is returned.</param>
    /// <returns><paramref name="file"/> if it cannot be written so.</returns>
    public static IJournalFile OpenOr(string path, JournalFile file)
    {
        if (file.Length % Block != 0 || DirectHandle.Open(path) is not { } direct)
        {
            return file;
        }

        var opened = new DirectFile(file, direct);
        if (opened.CanRead())
        {
            return opened;
        }

        direct.Dispose();
        return file;
    }

    public int Read(Span<byte> bytes, long offset) => _file.Read(bytes, offset);

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        _lingers = true;
        WriteBlocks(bytes, offset, isDirect: false);
    }

    public bool TryWriteThrough(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_lingers)
        {
            return false;
        }

        WriteBlocks(bytes, offset, isDirect: true);
        return true;
    }

    public void Flush()
    {
        _file.Flush();
        _lingers = false;
    }

    public void Dispose()
    {
        _direct.Dispose();
        _file.Dispose();
    }

    /// <summary>The system takes bytes from such an address only.</summary>
    private static Memory<byte> AllocateAligned()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Piece + Block, pinned: true);
        var over = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0) % Block);
        return bytes.AsMemory(Block - over, Piece);
    }

    /// <summary>Some file systems ask for larger blocks, and say so at the first attempt only.</summary>
    private bool CanRead()
    {
        try
        {
            RandomAccess.Read(_direct, _staged.Span[..Block], 0);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void WriteBlocks(ReadOnlySpan<byte> bytes, long offset, bool isDirect)
    {
        Stage(offset);
        while (!bytes.IsEmpty)
        {
            var before = (int)(offset % Block);
            var piece = bytes[..Math.Min(bytes.Length, Piece - before)];
            bytes = bytes[piece.Length..];

            Write(piece, offset - before, before, isDirect);
            offset += piece.Length;
        }
    }

    private void Write(ReadOnlySpan<byte> piece, long place, int before, bool isDirect)
    {
        var used = before + piece.Length;
        var blocks = (used + Block - 1) / Block * Block;
        var staged = _staged.Span;
        piece.CopyTo(staged[before..]);
        staged[used..blocks].Clear();
        _end = -1;
        if (isDirect)
        {
            RandomAccess.Write(_direct, staged[..blocks], place);
        }
        else
        {
            _file.Write(staged[..blocks], place);
        }

        staged.Slice(used - (used % Block), used % Block).CopyTo(staged);
        _end = place + used;
    }

    /// <summary>Sees to it that what is staged begins with what the block holds before a place.</summary>
    private void Stage(long offset)
    {
        var before = (int)(offset % Block);
        if (offset != _end && _file.Read(_staged.Span[..before], offset - before) < before)
        {
            throw new IOException("A file of the journal ends before the place that is to be written.");
        }
    }
}

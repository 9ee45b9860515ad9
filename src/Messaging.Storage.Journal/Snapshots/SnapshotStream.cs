using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>A snapshot's file, written or read from its beginning to its end, with a checksum of all that passed.</summary>
/// <param name="file">The file.</param>
/// <param name="flush">Flushes what is written; <see langword="null"/> when it is read.</param>
internal sealed class SnapshotStream(IJournalFile file, GentleFlush? flush = null) : Stream
{
    private readonly byte[] _buffer = new byte[GentleFlush.Piece];
    private long _place;
    private int _start;
    private int _end;
    private uint _crc = uint.MaxValue;

    /// <summary>Gets the checksum of what was written or read so far.</summary>
    public uint Checksum => ~_crc;

    public override bool CanRead => flush is null;

    public override bool CanWrite => flush is not null;

    public override bool CanSeek => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => _place - (CanWrite ? -_end : _end - _start);
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        _crc = Crc.Add(_crc, bytes);
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, _buffer.Length - _end)];
            part.CopyTo(_buffer.AsSpan(_end));
            _end += part.Length;
            bytes = bytes[part.Length..];
            if (_end == _buffer.Length)
            {
                Flush();
                flush?.Run(file);
            }
        }
    }

    public override void Flush()
    {
        if (CanWrite)
        {
            file.Write(_buffer.AsSpan(0, _end), _place);
            _place += _end;
            _end = 0;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> bytes)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, file.Read(_buffer, _place));
            _place += _end;
        }

        var part = _buffer.AsSpan(_start, Math.Min(bytes.Length, _end - _start));
        part.CopyTo(bytes);
        _crc = Crc.Add(_crc, part);
        _start += part.Length;
        return part.Length;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

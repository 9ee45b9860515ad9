namespace Messaging.Sending;

/// <summary>What was read of a stream already, then the rest of it, up to a limit: a host's stream may never end.</summary>
internal sealed class IntakeStream(ReadOnlyMemory<byte> read, Stream rest, long most) : Stream
{
    private int _at;
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The length is not known before the end.");

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException("The stream is read once.");
    }

    /// <summary>Gets the number of bytes that went through.</summary>
    public long Count => _count;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at < read.Length)
        {
            var count = Math.Min(buffer.Length, read.Length - _at);
            read.Slice(_at, count).CopyTo(buffer);
            _at += count;
            return Counted(count);
        }

        return Counted(await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at < read.Length)
        {
            count = Math.Min(count, read.Length - _at);
            read.Slice(_at, count).CopyTo(buffer.AsMemory(offset));
            _at += count;
            return Counted(count);
        }

        return Counted(rest.Read(buffer, offset, count));
    }

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream is read once.");

    public override void SetLength(long value) => throw new NotSupportedException("The stream is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is read only.");

    private int Counted(int count)
    {
        _count += count;
        return _count <= most ? count : throw new AttachmentTooLargeException();
    }
}

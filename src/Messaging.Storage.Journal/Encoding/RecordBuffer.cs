using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Messaging.Storage.Journal.Encoding;

/// <summary>A stretch of memory that records are put together in, lent from a pool until each of its records was written. Not thread safe but for <see cref="Release"/>.</summary>
internal sealed class RecordBuffer : IBufferWriter<byte>
{
    private const int Kept = 256;
    private const int KeptBytes = 256 * 1024;

    private static readonly ConcurrentQueue<RecordBuffer> Pool = new();

    private byte[] _bytes = new byte[2048];
    private int _holders;

    public int Length { get; private set; }

    public byte[] Bytes => _bytes;

    public static RecordBuffer Rent()
    {
        var buffer = Pool.TryDequeue(out var kept) ? kept : new RecordBuffer();
        buffer.Length = 0;
        buffer._holders = 1;
        return buffer;
    }

    /// <summary>Notes one more who reads the buffer.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Says that one reader is through; after the last the buffer is used again.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0 && _bytes.Length <= KeptBytes && Pool.Count < Kept)
        {
            Pool.Enqueue(this);
        }
    }

    public Span<byte> Take(int count)
    {
        Grow(count);
        var taken = _bytes.AsSpan(Length, count);
        Length += count;
        return taken;
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    public void UInt128(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);

    public void Guid(Guid value) => value.TryWriteBytes(Take(16));

    /// <summary>Writes a number that is seldom great, seven bits to a byte.</summary>
    public void Number(uint value)
    {
        Grow(5);
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }

    public void Number(int value) => Number((uint)value);

    /// <summary>Writes text that may be missing, behind its length and one; 0 is <see langword="null"/>.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        var length = System.Text.Encoding.UTF8.GetByteCount(value);
        Number(length + 1);
        System.Text.Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>Writes bytes behind their length, which takes four bytes so that they are found by their place alone.</summary>
    public void Body(ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value.Length);
        value.CopyTo(Take(value.Length));
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 256));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void Grow(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, Length + (long)count)));
        }
    }
}

using System.Buffers.Binary;

namespace Messaging.Storage.Journal.Encoding;

/// <summary>Takes a record apart, in the order in which <see cref="RecordBuffer"/> put it together.</summary>
internal ref struct RecordCursor(ReadOnlyMemory<byte> record)
{
    private readonly ReadOnlyMemory<byte> _record = record;
    private int _place;

    public readonly bool AtEnd => _place == _record.Length;

    public byte Byte() => Take(1)[0];

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    public Guid Guid() => new(Take(16));

    public DateTimeOffset Instant() => new(Int64(), TimeSpan.Zero);

    public int Number()
    {
        var (value, shift) = (0u, 0);
        byte part;
        do
        {
            part = Byte();
            value |= (uint)(part & 0x7F) << shift;
            shift += 7;
        }
        while (part >= 0x80 && shift < 35);

        return (int)value;
    }

    public string? Text() => Number() is var length && length == 0 ? null : System.Text.Encoding.UTF8.GetString(Take(length - 1));

    /// <summary>Returns bytes without copying them.</summary>
    public ReadOnlyMemory<byte> Body()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
        Take(length);
        return _record.Slice(_place - length, length);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)(_record.Length - _place))
        {
            throw new InvalidDataException("A record ends before its content does.");
        }

        var taken = _record.Span.Slice(_place, count);
        _place += count;
        return taken;
    }
}

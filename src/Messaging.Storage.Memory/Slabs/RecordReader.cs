using System.Buffers.Binary;
using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>Takes a record apart, in the order in which <see cref="RecordWriter"/> put it together.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    public Guid Guid() => new(Take(16));

    public ReadOnlySpan<byte> Utf8() => Take(Int32());

    public string Text() => Encoding.UTF8.GetString(Utf8());

    public void Skip(int count) => _rest = _rest[count..];

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}

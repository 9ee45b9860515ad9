using System.Buffers.Binary;

namespace Messaging.Storage.Journal.Log;

/// <summary>What stands before each record: length, checksum, number, and how much of the journal was not durable yet when it was written.</summary>
/// <param name="Length">The bytes behind the header; the padding to 8 does not count.</param>
/// <param name="Crc">Over the other fields and the payload, seeded by store and segment, so that bytes of another file never pass.</param>
/// <param name="Lsn">Grows by one with each record.</param>
/// <param name="Behind">How many records before and up to this one may be missing after a loss of power.</param>
/// <param name="Type">What it says.</param>
internal readonly record struct RecordHeader(int Length, uint Crc, long Lsn, uint Behind, RecordType Type)
{
    public const int Size = 24;

    /// <summary>Gets the number up to which everything was durable when this was written.</summary>
    public long DurableLsn => Lsn - Behind;

    public static int Padded(int payload) => (Size + payload + 7) & ~7;

    public static RecordHeader Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
        (RecordType)bytes[20]);

    /// <summary>Fills in the header of a record whose payload stands behind it already.</summary>
    public static void Write(Span<byte> record, int length, long lsn, uint behind, RecordType type, uint seed)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, length);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], lsn);
        BinaryPrimitives.WriteUInt32LittleEndian(record[16..], behind);
        BinaryPrimitives.WriteUInt32LittleEndian(record[20..], (uint)type);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], CrcOf(record, length, seed));
    }

    public static uint CrcOf(ReadOnlySpan<byte> record, int length, uint seed) =>
        ~Log.Crc.Add(Log.Crc.Add(Log.Crc.Add(seed, record[..4]), record[8..Size]), record.Slice(Size, length));
}

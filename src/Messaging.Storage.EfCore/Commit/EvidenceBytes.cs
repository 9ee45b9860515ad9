using System.Buffers.Binary;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Evidence as a column: for each entry its type, generation, first and last, of fixed lengths.</summary>
internal static class EvidenceBytes
{
    private const int EntryLength = 1 + 4 + 8 + 8;

    public static byte[] Write(Evidence evidence)
    {
        if (evidence.Entries.IsEmpty)
        {
            return [];
        }

        var bytes = new byte[evidence.Entries.Length * EntryLength];
        var at = bytes.AsSpan();
        foreach (var entry in evidence.Entries)
        {
            at[0] = (byte)entry.Type;
            BinaryPrimitives.WriteInt32BigEndian(at[1..], entry.Generation);
            BinaryPrimitives.WriteInt64BigEndian(at[5..], entry.First.UtcTicks);
            BinaryPrimitives.WriteInt64BigEndian(at[13..], entry.Last.UtcTicks);
            at = at[EntryLength..];
        }

        return bytes;
    }

    public static Evidence Read(ReadOnlySpan<byte> bytes)
    {
        var entries = new EvidenceEntry[bytes.Length / EntryLength];
        for (var i = 0; i < entries.Length; i++)
        {
            var at = bytes.Slice(i * EntryLength, EntryLength);
            entries[i] = new EvidenceEntry(
                (MessageEventType)at[0],
                BinaryPrimitives.ReadInt32BigEndian(at[1..]),
                Codes.ToInstant(BinaryPrimitives.ReadInt64BigEndian(at[5..])),
                Codes.ToInstant(BinaryPrimitives.ReadInt64BigEndian(at[13..])));
        }

        return Evidence.From(entries);
    }
}

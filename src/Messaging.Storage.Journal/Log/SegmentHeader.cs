using System.Buffers.Binary;
using System.Globalization;

namespace Messaging.Storage.Journal.Log;

/// <summary>The beginning of a segment.</summary>
/// <param name="Store">Whose it is.</param>
/// <param name="Number">Which segment; grows by one.</param>
/// <param name="FirstLsn">The number of its first record.</param>
internal readonly record struct SegmentHeader(Guid Store, long Number, long FirstLsn)
{
    public const int Size = 64;
    public const int Version = 2;
    public const string Pattern = "seg-*.log";

    private const int Covered = 56;

    private static ReadOnlySpan<byte> Magic => "MSGJRNL\n"u8;

    /// <summary>Gets what checksums of the segment's records begin with.</summary>
    public uint Seed
    {
        get
        {
            Span<byte> bytes = stackalloc byte[24];
            Store.TryWriteBytes(bytes);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Number);
            return Crc.Add(uint.MaxValue, bytes);
        }
    }

    public static string NameOf(long number) => string.Create(CultureInfo.InvariantCulture, $"seg-{number:D12}.log");

    /// <summary>Reads the number out of a file's name; -1 when it is none of ours.</summary>
    public static long NumberOf(string name) =>
        name.Length == 20 && long.TryParse(name.AsSpan(4, 12), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    public void Write(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Version);
        Store.TryWriteBytes(bytes[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], FirstLsn);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[Covered..], Crc.Of(bytes[..Covered]));
    }

    /// <summary>Reads a header; <see langword="null"/> when the bytes are none, which is so for a segment that was made ahead and not begun.</summary>
    /// <exception cref="JournalException">A newer version of the package wrote it.</exception>
    public static SegmentHeader? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size || !bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[Covered..]) != Crc.Of(bytes[..Covered]))
        {
            return null;
        }

        FormatVersion.Check(BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), Version, "segment");
        return new SegmentHeader(
            new Guid(bytes.Slice(16, 16)), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]));
    }
}

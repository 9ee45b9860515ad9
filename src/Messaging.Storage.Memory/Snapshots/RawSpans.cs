using System.Runtime.InteropServices;

namespace Messaging.Storage.Memory;

/// <summary>Writes and reads arrays of numbers as they lie in memory.</summary>
internal static class RawSpans
{
    public static void WriteRaw<T>(this BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    public static T[] ReadRaw<T>(this BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.ReadInto(values.AsSpan());
        return values;
    }

    public static void ReadInto<T>(this BinaryReader reader, Span<T> values)
        where T : struct => reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
}

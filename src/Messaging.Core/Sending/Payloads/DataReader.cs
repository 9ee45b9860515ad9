using System.Buffers.Binary;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Reads what <see cref="DataWriter"/> wrote.</summary>
internal static class DataReader
{
    /// <summary>Template data nests at most this deep, see <see cref="TemplateValues"/>; deeper is damage.</summary>
    private const int MaxDepth = 40;

    public static TemplateData Read(ReadOnlyMemory<byte> section)
    {
        var reader = new PayloadReader(section);
        return Tree(ref reader, 0);
    }

    private static TemplateData Tree(ref PayloadReader reader, int depth)
    {
        var count = Count(ref reader, depth);
        var shape = ShapeCache.Get(count, reader.Bytes(reader.Length()));
        if (count == 0)
        {
            return TemplateData.Empty;
        }

        var values = new object?[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Value(ref reader, depth);
        }

        return TemplateData.From(shape, values);
    }

    private static object? Value(ref PayloadReader reader, int depth) => (DataType)reader.Byte() switch
    {
        DataType.Null => null,
        DataType.False => false,
        DataType.True => true,
        DataType.Long => ZigZag(reader.Number()),
        DataType.Decimal => Decimal(reader.Bytes(16)),
        DataType.Double => BitConverter.Int64BitsToDouble(Fixed(ref reader)),
        DataType.Text => reader.Text(),
        DataType.Instant => new DateTimeOffset(Fixed(ref reader), TimeSpan.FromMinutes(ZigZag(reader.Number()))),
        DataType.LocalTime => new DateTime(Fixed(ref reader)),
        DataType.Date => DateOnly.FromDayNumber((int)reader.Number()),
        DataType.Time => new TimeOnly(Fixed(ref reader)),
        DataType.Span => new TimeSpan(Fixed(ref reader)),
        DataType.Tree => Tree(ref reader, depth + 1),
        DataType.List => List(ref reader, depth + 1),
        var type => throw new InvalidDataException($"The payload holds a value of the unknown type {(byte)type}. Update this process."),
    };

    private static object? List(ref PayloadReader reader, int depth)
    {
        var values = new object?[Count(ref reader, depth)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value(ref reader, depth);
        }

        return TemplateValues.Normalize("list", values);
    }

    private static int Count(ref PayloadReader reader, int depth) =>
        depth <= MaxDepth ? reader.Length() : throw new InvalidDataException("The payload is damaged: its data is nested without end.");

    private static decimal Decimal(ReadOnlySpan<byte> bytes)
    {
        Span<int> words = stackalloc int[4];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * 4)..]);
        }

        return new decimal(words);
    }

    private static long Fixed(ref PayloadReader reader) => BinaryPrimitives.ReadInt64LittleEndian(reader.Bytes(8));

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}

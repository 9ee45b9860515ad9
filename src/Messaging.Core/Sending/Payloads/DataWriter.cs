using System.Buffers.Binary;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Writes template data. Names stand together before the values, so that a reader knows the shape before it reads any of them.</summary>
internal static class DataWriter
{
    public static void Write(PayloadBuffer buffer, TemplateData data)
    {
        var names = data.Shape.Names;
        buffer.Number(names.Count);
        var block = buffer.Reserve();
        for (var i = 0; i < names.Count; i++)
        {
            buffer.Text(names[i]);
        }

        buffer.End(block);
        var values = data.Values;
        for (var i = 0; i < names.Count; i++)
        {
            Value(buffer, values[i]);
        }
    }

    private static void Value(PayloadBuffer buffer, object? value)
    {
        switch (value)
        {
            case null:
                Type(buffer, DataType.Null);
                break;
            case string text:
                Type(buffer, DataType.Text);
                buffer.Text(text);
                break;
            case bool flag:
                Type(buffer, flag ? DataType.True : DataType.False);
                break;
            case long number:
                Type(buffer, DataType.Long);
                buffer.Number(ZigZag(number));
                break;
            case decimal number:
                Type(buffer, DataType.Decimal);
                Decimal(buffer, number);
                break;
            case double number:
                Type(buffer, DataType.Double);
                Fixed(buffer, BitConverter.DoubleToInt64Bits(number));
                break;
            case TemplateData tree:
                Type(buffer, DataType.Tree);
                Write(buffer, tree);
                break;
            case TemplateList list:
                List(buffer, list);
                break;
            default:
                Moment(buffer, value);
                break;
        }
    }

    private static void Moment(PayloadBuffer buffer, object value)
    {
        switch (value)
        {
            case DateTimeOffset instant:
                Type(buffer, DataType.Instant);
                Fixed(buffer, instant.Ticks);
                buffer.Number(ZigZag((long)instant.Offset.TotalMinutes));
                break;
            case DateTime local:
                Type(buffer, DataType.LocalTime);
                Fixed(buffer, local.Ticks);
                break;
            case DateOnly date:
                Type(buffer, DataType.Date);
                buffer.Number(date.DayNumber);
                break;
            case TimeOnly time:
                Type(buffer, DataType.Time);
                Fixed(buffer, time.Ticks);
                break;
            case TimeSpan span:
                Type(buffer, DataType.Span);
                Fixed(buffer, span.Ticks);
                break;
            default:
                throw new InvalidOperationException($"Template data holds a {value.GetType()}, which does not belong to its closed set.");
        }
    }

    private static void List(PayloadBuffer buffer, TemplateList list)
    {
        Type(buffer, DataType.List);
        buffer.Number(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            Value(buffer, list[i]);
        }
    }

    private static void Decimal(PayloadBuffer buffer, decimal number)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(number, words);
        foreach (var word in words)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer.Bytes.GetSpan(4), word);
            buffer.Bytes.Advance(4);
        }
    }

    private static void Fixed(PayloadBuffer buffer, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.Bytes.GetSpan(8), value);
        buffer.Bytes.Advance(8);
    }

    private static void Type(PayloadBuffer buffer, DataType type) => buffer.Byte((byte)type);

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}

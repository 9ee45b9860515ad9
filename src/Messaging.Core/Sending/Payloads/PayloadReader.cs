using System.Text;

namespace Messaging.Sending;

/// <summary>Reads a payload or a section of one. What it hands out are slices: nothing is copied.</summary>
internal ref struct PayloadReader
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _span;
    private int _at;

    public PayloadReader(ReadOnlyMemory<byte> memory)
    {
        _memory = memory;
        _span = memory.Span;
    }

    public readonly bool IsAtEnd => _at == _span.Length;

    /// <summary>Begins to read a payload. An empty one (its message was sensitive, and is done) has no sections.</summary>
    /// <exception cref="InvalidDataException">It was written by a later version.</exception>
    public static PayloadReader Open(ReadOnlyMemory<byte> payload)
    {
        var reader = new PayloadReader(payload);
        if (!payload.IsEmpty && reader.Byte() is var version and not PayloadBuffer.FormatVersion)
        {
            throw new InvalidDataException($"The payload has format {version}, and this version of the suite reads {PayloadBuffer.FormatVersion}. Update this process.");
        }

        return reader;
    }

    /// <summary>Moves on to the next section.</summary>
    public bool TrySection(out byte tag, out ReadOnlyMemory<byte> content)
    {
        if (IsAtEnd)
        {
            (tag, content) = (0, default);
            return false;
        }

        tag = Byte();
        content = Slice(Length());
        return true;
    }

    /// <summary>Finds one section.</summary>
    public bool TryFind(byte wanted, out ReadOnlyMemory<byte> content)
    {
        while (TrySection(out var tag, out content))
        {
            if (tag == wanted)
            {
                return true;
            }
        }

        content = default;
        return false;
    }

    public byte Byte() => _at < _span.Length ? _span[_at++] : throw Broken();

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw Broken();
    }

    /// <summary>Reads a length or a count, which cannot be more than the bytes that are left.</summary>
    public int Length() => Number() is var length && length <= (ulong)(_span.Length - _at) ? (int)length : throw Broken();

    public ReadOnlyMemory<byte> Slice(int length)
    {
        if (length > _span.Length - _at)
        {
            throw Broken();
        }

        _at += length;
        return _memory.Slice(_at - length, length);
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > _span.Length - _at)
        {
            throw Broken();
        }

        _at += length;
        return _span.Slice(_at - length, length);
    }

    public readonly ReadOnlyMemory<byte> Rest() => _memory[_at..];

    public string Text() => Encoding.UTF8.GetString(Bytes(Length()));

    public static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    private static InvalidDataException Broken() => new("The payload is damaged: a length points beyond its end.");
}

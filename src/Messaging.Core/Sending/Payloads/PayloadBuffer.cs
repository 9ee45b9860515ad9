using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Messaging.Sending;

/// <summary>Where payloads are written, one after the other, before a store copies them. Reused from send to send; not safe for concurrent use.</summary>
/// <remarks>
/// A payload is a version byte and sections: a tag, the length as a varint, the bytes. Readers skip tags that they do not know. A length that
/// is known only afterwards is written as a varint of four bytes, padded (LEB128 allows that), and filled in at the end.
/// </remarks>
internal sealed class PayloadBuffer
{
    public const byte FormatVersion = 1;
    private const int PaddedLength = 4;
    private const int MaxPadded = (1 << 28) - 1;

    /// <summary>Gets where templates render to.</summary>
    public ArrayBufferWriter<byte> Bytes { get; } = new(4096);

    /// <summary>Gets the number of bytes written.</summary>
    public int Length => Bytes.WrittenCount;

    /// <summary>Begins a payload; returns its place.</summary>
    public int Begin()
    {
        var start = Length;
        Byte(FormatVersion);
        return start;
    }

    /// <summary>Returns what was written from a place on. Stays valid until <see cref="Clear"/> as long as nothing more is written.</summary>
    public ReadOnlyMemory<byte> From(int start) => Bytes.WrittenMemory[start..];

    /// <summary>Returns a piece of what was written; see <see cref="From"/>.</summary>
    public ReadOnlyMemory<byte> Slice(int start, int end) => Bytes.WrittenMemory[start..end];

    public void Clear() => Bytes.ResetWrittenCount();

    /// <summary>Begins a section whose length is not known yet; returns the place to <see cref="End"/> it by.</summary>
    public int Begin(byte tag)
    {
        Byte(tag);
        return Reserve();
    }

    /// <summary>Leaves room for a length; <see cref="Fill"/> writes it.</summary>
    public int Reserve()
    {
        Bytes.GetSpan(PaddedLength);
        Bytes.Advance(PaddedLength);
        return Length;
    }

    /// <summary>Ends a section.</summary>
    /// <param name="content">What <see cref="Begin(byte)"/> returned.</param>
    public void End(int content) => Fill(content, Length - content);

    /// <summary>Writes a length into the room before a place.</summary>
    public void Fill(int place, int length)
    {
        if (length > MaxPadded)
        {
            throw new InvalidOperationException($"A section of a payload has {length} bytes; it may have {MaxPadded}. Lower MessagingOptions.MaxBodyBytes.");
        }

        var room = MemoryMarshal.AsMemory(Bytes.WrittenMemory).Span.Slice(place - PaddedLength, PaddedLength);
        for (var i = 0; i < PaddedLength - 1; i++)
        {
            room[i] = (byte)(0x80 | (length & 0x7F));
            length >>= 7;
        }

        room[PaddedLength - 1] = (byte)length;
    }

    public void Byte(byte value)
    {
        Bytes.GetSpan(1)[0] = value;
        Bytes.Advance(1);
    }

    public void Number(ulong value)
    {
        var span = Bytes.GetSpan(10);
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[i++] = (byte)(value | 0x80);
        }

        span[i++] = (byte)value;
        Bytes.Advance(i);
    }

    public void Number(int value) => Number((ulong)value);

    /// <summary>Writes the length in bytes, then the text.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        Utf8(text, length);
    }

    /// <summary>Writes text alone; returns its length in bytes.</summary>
    public int Utf8(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Utf8(text, length);
        return length;
    }

    /// <summary>Writes a section of one text, unless there is none.</summary>
    public void Section(byte tag, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Byte(tag);
            Text(text);
        }
    }

    private void Utf8(ReadOnlySpan<char> text, int length)
    {
        Encoding.UTF8.GetBytes(text, Bytes.GetSpan(length));
        Bytes.Advance(length);
    }
}

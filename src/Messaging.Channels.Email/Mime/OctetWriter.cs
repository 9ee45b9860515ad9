using System.Buffers;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Writes straight into a buffer and counts the column, so that headers know when to fold.</summary>
internal ref struct OctetWriter(IBufferWriter<byte> output)
{
    private const int Chunk = 4096;

    private Span<byte> _span;
    private int _used;

    /// <summary>Gets or sets the number of octets on the current line; kept by the header writers, meaningless in a body.</summary>
    public int Column { get; set; }

    /// <summary>Gets how many octets were written since the writer was made.</summary>
    public int Total { get; private set; }

    public void Write(scoped ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Reserve(octets.Length));
        Advance(octets.Length);
    }

    public void WriteByte(byte octet)
    {
        Reserve(1)[0] = octet;
        Advance(1);
    }

    public void WriteText(scoped ReadOnlySpan<char> text)
    {
        var span = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        Advance(Encoding.UTF8.GetBytes(text, span));
    }

    public void WriteLineEnd()
    {
        Write("\r\n"u8);
        Column = 0;
    }

    /// <summary>Gets room for at least <paramref name="count"/> octets; follow with <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_span.Length - _used < count)
        {
            Complete();
            _span = output.GetSpan(Math.Max(count, Chunk));
        }

        return _span[_used..];
    }

    public void Advance(int count)
    {
        _used += count;
        Column += count;
        Total += count;
    }

    /// <summary>Hands what was written to the output; the writer can go on afterwards.</summary>
    public void Complete()
    {
        if (_used > 0)
        {
            output.Advance(_used);
        }

        _span = default;
        _used = 0;
    }
}

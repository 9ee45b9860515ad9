using System.Buffers.Text;

namespace Messaging.Channels.Email;

/// <summary>Writes base64 in lines of 76 (RFC 2045 §6.8).</summary>
internal static class Base64Lines
{
    /// <summary>How many octets make a line.</summary>
    public const int Line = 57;

    private const int EncodedLine = 76;

    /// <summary>Writes octets as lines, each ended; only the last piece of a part may be no multiple of <see cref="Line"/>.</summary>
    public static void Write(ref OctetWriter writer, scoped ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var line = octets[..Math.Min(Line, octets.Length)];
            var span = writer.Reserve(EncodedLine + 2);
            Base64.EncodeToUtf8(line, span, out _, out var written);
            "\r\n"u8.CopyTo(span[written..]);
            writer.Advance(written + 2);
            octets = octets[line.Length..];
        }
    }

    /// <summary>Writes text, its line ends made CRLF as text demands, until the budget is used up.</summary>
    /// <returns>Where to go on.</returns>
    public static int WriteText(ref OctetWriter writer, scoped ReadOnlySpan<byte> text, int at, int budget)
    {
        var stop = writer.Total + budget;
        Span<byte> line = stackalloc byte[Line + 1];
        var kept = 0;
        while (at < text.Length && (writer.Total < stop || kept > 0))
        {
            var filled = Fill(text, ref at, line, kept);
            Write(ref writer, line[..Math.Min(filled, Line)]);
            kept = filled - Math.Min(filled, Line);
            line[0] = line[Line];
        }

        Write(ref writer, line[..kept]);
        return at;
    }

    // Fills a line, and perhaps one octet of the next when a CRLF stands across.
    private static int Fill(ReadOnlySpan<byte> text, ref int at, Span<byte> line, int filled)
    {
        while (filled < Line && at < text.Length)
        {
            var rest = text.Slice(at, Math.Min(Line - filled, text.Length - at));
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var run = end < 0 ? rest.Length : end;
            rest[..run].CopyTo(line[filled..]);
            filled += run;
            at += run;
            if (end >= 0)
            {
                "\r\n"u8.CopyTo(line[filled..]);
                filled += 2;
                at += LineEnd.Length(text[at..]);
            }
        }

        return filled;
    }
}

using System.Buffers;

namespace Messaging.Channels.Email;

/// <summary>Writes text as quoted-printable (RFC 2045 §6.7).</summary>
internal static class QuotedPrintable
{
    private const int Line = 75; // and the equals sign of a soft line end
    private const int Block = 1024;

    private static readonly SearchValues<byte> Literals = SearchValues.Create(
        "\t !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Writes until the budget is used up, up to the end of a line of output.</summary>
    /// <returns>Where to go on.</returns>
    public static int Write(ref OctetWriter writer, scoped ReadOnlySpan<byte> text, int at, int budget)
    {
        var stop = writer.Total + budget;
        while (at < text.Length && writer.Total < stop)
        {
            var rest = text[at..];
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            at += WriteLine(ref writer, line, stop);
            if (writer.Total >= stop && at < text.Length && text[at] is not ((byte)'\r' or (byte)'\n'))
            {
                break; // within a very long line, behind a soft line end
            }

            if (at < text.Length)
            {
                writer.Write("\r\n"u8);
                at += LineEnd.Length(text[at..]);
            }
        }

        return at;
    }

    private static int WriteLine(ref OctetWriter writer, scoped ReadOnlySpan<byte> line, int stop)
    {
        var at = 0;
        while (at < line.Length && writer.Total < stop)
        {
            at += WriteBlock(ref writer, line[at..]);
        }

        return at;
    }

    // Ends at the end of the line or behind a soft line end, so that the next block begins in column 0.
    private static int WriteBlock(ref OctetWriter writer, scoped ReadOnlySpan<byte> line)
    {
        var span = writer.Reserve(4 * Block);
        var (at, written, column) = (0, 0, 0);
        while (at < line.Length)
        {
            var run = LengthOfRun(line[at..], Line - column, column == 0);
            line.Slice(at, run).CopyTo(span[written..]);
            at += run;
            written += run;
            column += run;
            if (at == line.Length)
            {
                break;
            }

            if (column > Line - 3)
            {
                "=\r\n"u8.CopyTo(span[written..]);
                written += 3;
                column = 0;
                if (at >= Block)
                {
                    break;
                }

                continue;
            }

            written += Hex.WriteEscape(span[written..], (byte)'=', line[at++]);
            column += 3;
        }

        writer.Advance(written);
        return at;
    }

    /// <summary>How many octets can stand for themselves here.</summary>
    private static int LengthOfRun(ReadOnlySpan<byte> line, int room, bool atStart)
    {
        if (atStart && line.StartsWith("From "u8))
        {
            return 0;
        }

        var run = line[..Math.Min(room, line.Length)];
        var hit = run.IndexOfAnyExcept(Literals);
        hit = hit < 0 ? run.Length : hit;

        // A blank at the end of a line is lost on the way unless it is encoded.
        return hit == line.Length && hit > 0 && line[hit - 1] is (byte)' ' or (byte)'\t' ? hit - 1 : hit;
    }
}

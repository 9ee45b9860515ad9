namespace Messaging.Channels.Email;

/// <summary>
/// Makes every line end in CRLF. A bare CR or LF that one server takes for the end of a line and the next does not lets a mail
/// smuggle a second one past the checks of the first, so none leaves here.
/// </summary>
internal static class LineEndings
{
    /// <summary>The length of the longest beginning whose line endings are all CRLF; a CR at the very end is left out.</summary>
    public static int CleanLength(ReadOnlySpan<byte> octets)
    {
        var at = 0;
        while (true)
        {
            var hit = octets[at..].IndexOfAny((byte)'\r', (byte)'\n');
            if (hit < 0)
            {
                return octets.Length;
            }

            at += hit;
            if (octets[at] != '\r' || at + 1 >= octets.Length || octets[at + 1] != '\n')
            {
                return at;
            }

            at += 2;
        }
    }

    /// <summary>
    /// Repairs the line endings in <paramref name="content"/>. A CR at the very end may be half a CRLF: unless
    /// <paramref name="last"/>, it is taken out and reported, so that the caller can put it before the next block.
    /// </summary>
    /// <returns>Whether a CR was taken off the end.</returns>
    public static bool Normalize(ref SmtpBuffer content, bool last)
    {
        var clean = CleanLength(content.Span);
        if (clean == content.Length)
        {
            return false;
        }

        if (!last && clean == content.Length - 1 && content.Span[clean] == '\r')
        {
            content.Truncate(clean);
            return true;
        }

        return Rewrite(ref content, clean, last);
    }

    private static bool Rewrite(ref SmtpBuffer content, int clean, bool last)
    {
        var repaired = new SmtpBuffer(content.Length + 1024);
        repaired.Append(content.Span[..clean]);
        var rest = content.Span[clean..];
        var heldBack = !last && rest[^1] == '\r';
        if (heldBack)
        {
            rest = rest[..^1];
        }

        while (!rest.IsEmpty)
        {
            rest = AppendLine(repaired, rest);
        }

        content.Dispose();
        content = repaired;
        return heldBack;
    }

    private static ReadOnlySpan<byte> AppendLine(SmtpBuffer output, ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            output.Append(rest);
            return [];
        }

        output.Append(rest[..end]);
        output.Append("\r\n"u8);
        var isPair = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
        return rest[(end + (isPair ? 2 : 1))..];
    }
}

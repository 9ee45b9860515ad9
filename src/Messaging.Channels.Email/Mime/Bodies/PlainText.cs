namespace Messaging.Channels.Email;

/// <summary>Writes text as it is but for its line ends, which all become CRLF (7bit and 8bit, RFC 2045 §2.7 and §2.8).</summary>
internal static class PlainText
{
    /// <summary>Writes whole lines until the budget is used up.</summary>
    /// <returns>Where to go on.</returns>
    public static int Write(ref OctetWriter writer, scoped ReadOnlySpan<byte> text, int at, int budget)
    {
        var stop = writer.Total + budget;
        while (at < text.Length && writer.Total < stop)
        {
            var rest = text[at..];
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                writer.Write(rest);
                return text.Length;
            }

            var span = writer.Reserve(end + 2);
            rest[..end].CopyTo(span);
            "\r\n"u8.CopyTo(span[end..]);
            writer.Advance(end + 2);
            at += end + LineEnd.Length(rest[end..]);
        }

        return at;
    }
}

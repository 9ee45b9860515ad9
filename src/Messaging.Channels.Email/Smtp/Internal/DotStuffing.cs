namespace Messaging.Channels.Email;

/// <summary>Doubles a dot that begins a line, so that it cannot end the mail (RFC 5321 §4.5.2).</summary>
internal static class DotStuffing
{
    /// <summary>Appends content whose lines end in CRLF; a block of it never ends between CR and LF.</summary>
    public static void Append(ReadOnlySpan<byte> content, SmtpBuffer output, bool atLineStart)
    {
        if (atLineStart && content.StartsWith("."u8))
        {
            output.Append("."u8);
        }

        while (true)
        {
            var hit = content.IndexOf("\r\n."u8);
            if (hit < 0)
            {
                output.Append(content);
                return;
            }

            output.Append(content[..(hit + 3)]);
            output.Append("."u8);
            content = content[(hit + 3)..];
        }
    }
}

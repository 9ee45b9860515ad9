namespace Messaging.Channels.Email;

/// <summary>A text and how it travels.</summary>
internal readonly struct TextPart(ReadOnlyMemory<byte> text, TextEncoding encoding)
{
    public int Length => text.Length;

    public TextEncoding Encoding => encoding;

    public static TextPart Of(ReadOnlyMemory<byte> text, MailTransferEncoding allowed) =>
        new(text, TextProfile.Of(text.Span).Choose(text.Length, allowed));

    /// <summary>Writes about as many octets as the budget says.</summary>
    /// <returns>Where to go on; the length of the text at its end.</returns>
    public int Write(ref OctetWriter writer, int at, int budget) => encoding switch
    {
        TextEncoding.QuotedPrintable => QuotedPrintable.Write(ref writer, text.Span, at, budget),
        TextEncoding.Base64 => Base64Lines.WriteText(ref writer, text.Span, at, budget),
        _ => PlainText.Write(ref writer, text.Span, at, budget),
    };

    /// <summary>Ends the last line, so that a boundary or the end of the mail can follow.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="isPart">Whether a boundary follows: its line end is not the text's.</param>
    public void WriteEnd(ref OctetWriter writer, bool isPart)
    {
        var endsInLine = encoding == TextEncoding.Base64
            ? text.Length > 0
            : !isPart && text.Length > 0 && text.Span[^1] is (byte)'\n' or (byte)'\r';
        if (!endsInLine)
        {
            writer.Write("\r\n"u8);
        }
    }
}

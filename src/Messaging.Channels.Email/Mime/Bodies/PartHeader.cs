namespace Messaging.Channels.Email;

/// <summary>Writes the fields that describe a part (RFC 2045, RFC 2183, RFC 2392).</summary>
internal static class PartHeader
{
    public static void WritePlain(ref OctetWriter writer, TextEncoding encoding)
    {
        writer.Write("Content-Type: text/plain; charset=utf-8\r\n"u8);
        WriteEncoding(ref writer, encoding);
    }

    public static void WriteHtml(ref OctetWriter writer, TextEncoding encoding)
    {
        writer.Write("Content-Type: text/html; charset=utf-8\r\n"u8);
        WriteEncoding(ref writer, encoding);
    }

    public static void WriteAttachment(ref OctetWriter writer, OutboundAttachment attachment, bool isInline)
    {
        HeaderFolding.WriteName(ref writer, "Content-Type"u8);
        writer.WriteByte((byte)' ');
        writer.WriteText(MediaType.ForBase64(attachment.ContentType).AsSpan().Trim(" ;"));
        writer.WriteLineEnd();
        WriteEncoding(ref writer, TextEncoding.Base64);
        HeaderFolding.WriteName(ref writer, "Content-Disposition"u8);
        writer.Write(isInline ? " inline"u8 : " attachment"u8);
        ParameterWriter.Write(ref writer, "filename"u8, attachment.FileName);
        writer.WriteLineEnd();
        if (attachment.ContentId is { } id)
        {
            writer.Write("Content-ID: <"u8);
            writer.WriteText(id);
            writer.Write(">\r\n"u8);
        }
    }

    private static void WriteEncoding(ref OctetWriter writer, TextEncoding encoding) => writer.Write(encoding switch
    {
        TextEncoding.SevenBit => "Content-Transfer-Encoding: 7bit\r\n"u8,
        TextEncoding.EightBit => "Content-Transfer-Encoding: 8bit\r\n"u8,
        TextEncoding.QuotedPrintable => "Content-Transfer-Encoding: quoted-printable\r\n"u8,
        _ => "Content-Transfer-Encoding: base64\r\n"u8,
    });
}

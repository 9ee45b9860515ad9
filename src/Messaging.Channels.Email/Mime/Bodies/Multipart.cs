namespace Messaging.Channels.Email;

/// <summary>
/// Writes multiparts (RFC 2046 §5.1). A boundary is made of the delivery's id, so that it is the same on every attempt, and begins
/// with <c>=_</c>, which no encoded part can hold and which sends a text that does hold it to quoted-printable.
/// </summary>
internal readonly struct Multipart(DeliveryId delivery, char level)
{
    /// <summary>Writes the Content-Type field, such as <c>multipart/mixed</c>.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="type">The subtype, and parameters that stand before the boundary.</param>
    public void WriteType(ref OctetWriter writer, scoped ReadOnlySpan<byte> type)
    {
        writer.Write("Content-Type: multipart/"u8);
        writer.Write(type);
        writer.Write(";\r\n boundary=\""u8);
        WriteBoundary(ref writer);
        writer.Write("\"\r\n"u8);
    }

    /// <summary>Begins a part; the writer stands at the start of a line.</summary>
    public void WriteNext(ref OctetWriter writer)
    {
        writer.Write("--"u8);
        WriteBoundary(ref writer);
        writer.Write("\r\n"u8);
    }

    /// <summary>Ends the multipart.</summary>
    public void WriteEnd(ref OctetWriter writer)
    {
        writer.Write("--"u8);
        WriteBoundary(ref writer);
        writer.Write("--\r\n"u8);
    }

    private void WriteBoundary(ref OctetWriter writer)
    {
        var span = writer.Reserve(36);
        "=_"u8.CopyTo(span);
        span[2] = (byte)level;
        span[3] = (byte)'_';
        delivery.Value.TryFormat(span[4..], out var written, "N");
        writer.Advance(4 + written);
    }
}

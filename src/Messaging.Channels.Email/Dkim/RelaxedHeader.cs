namespace Messaging.Channels.Email;

/// <summary>Relaxed canonicalisation of header fields (RFC 6376 §3.4.2).</summary>
internal static class RelaxedHeader
{
    /// <summary>Writes a field in relaxed form, its line end included.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="field">The field as it stands in the header, folded or not.</param>
    /// <param name="lineEnd">Whether to end it: the signature's own field is hashed without.</param>
    public static void Write(ref OctetWriter writer, scoped ReadOnlySpan<byte> field, bool lineEnd = true)
    {
        var colon = field.IndexOf((byte)':');
        foreach (var octet in field[..colon].TrimEnd(" \t"u8))
        {
            writer.WriteByte(octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet);
        }

        writer.WriteByte((byte)':');
        WriteValue(ref writer, field[(colon + 1)..].Trim(" \t\r\n"u8));
        if (lineEnd)
        {
            writer.Write("\r\n"u8);
        }
    }

    private static void WriteValue(ref OctetWriter writer, scoped ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            var run = value.IndexOfAny(" \t\r\n"u8);
            if (run < 0)
            {
                writer.Write(value);
                return;
            }

            writer.Write(value[..run]);
            writer.WriteByte((byte)' ');
            value = value[run..].TrimStart(" \t\r\n"u8);
        }
    }
}

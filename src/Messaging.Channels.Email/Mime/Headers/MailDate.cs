using System.Globalization;

namespace Messaging.Channels.Email;

/// <summary>Writes the Date field (RFC 5322 §3.3).</summary>
internal static class MailDate
{
    public static void Write(ref OctetWriter writer, DateTimeOffset instant)
    {
        var span = writer.Reserve(40);
        "Date: "u8.CopyTo(span);
        instant.UtcDateTime.TryFormat(span[6..], out var written, "R", CultureInfo.InvariantCulture);
        "+0000\r\n"u8.CopyTo(span[(6 + written - 3)..]); // in the place of GMT, an obsolete zone
        writer.Advance(6 + written - 3 + 7);
    }
}

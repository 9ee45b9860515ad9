namespace Messaging.Channels.Email;

/// <summary>The media type of an attachment.</summary>
internal static class MediaType
{
    private const string Unknown = "application/octet-stream";

    /// <summary>Gets type and subtype, without parameters.</summary>
    public static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> type)
    {
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }

    /// <summary>
    /// Gets the type to declare. Whole mails and multiparts may not travel as base64 (RFC 2045 §6.4, RFC 2046 §5.2.1) and a reader
    /// would take them apart: they are declared as files of no known type.
    /// </summary>
    public static string ForBase64(string type) =>
        type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("message/", StringComparison.OrdinalIgnoreCase)
            ? Unknown
            : type;
}

namespace Messaging.Channels.Email;

/// <summary>The end of a line in whatever form the text has it: CRLF, LF or CR.</summary>
internal static class LineEnd
{
    /// <summary>Gets the length of the line end that <paramref name="text"/> begins with.</summary>
    public static int Length(ReadOnlySpan<byte> text) => text[0] == '\r' && text.Length > 1 && text[1] == '\n' ? 2 : 1;
}

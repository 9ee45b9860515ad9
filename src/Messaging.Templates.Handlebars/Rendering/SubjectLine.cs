namespace Messaging.Templates.Handlebars.Rendering;

/// <summary>Makes one line of what a subject's template wrote: a line break in a variable must not begin another header.</summary>
internal static class SubjectLine
{
    /// <summary>Copies the text; runs of control characters and line separators become one space, and none stays at the ends.</summary>
    /// <returns>The length of the copy; never longer than the text.</returns>
    public static int Copy(ReadOnlySpan<byte> text, Span<byte> line)
    {
        var length = 0;
        var gap = false;
        for (var i = 0; i < text.Length; i++)
        {
            var control = ControlLength(text[i..]);
            if (control > 0 || (text[i] == ' ' && length == 0))
            {
                gap |= length > 0;
                i += Math.Max(control - 1, 0);
                continue;
            }

            if (gap && text[i] != ' ' && line[length - 1] != ' ')
            {
                line[length++] = (byte)' ';
            }

            gap = false;
            line[length++] = text[i];
        }

        return line[..length].TrimEnd((byte)' ').Length;
    }

    /// <summary>Returns the length of a control character (C0, DEL, C1) or of U+2028 or U+2029 at the start; 0 for anything else.</summary>
    private static int ControlLength(ReadOnlySpan<byte> text) => text switch
    {
        [< 0x20 or 0x7F, ..] => 1,
        [0xC2, >= 0x80 and <= 0x9F, ..] => 2,
        [0xE2, 0x80, 0xA8 or 0xA9, ..] => 3,
        _ => 0,
    };
}

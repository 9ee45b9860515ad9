using System.Buffers;

namespace Messaging.Channels.Email;

/// <summary>Makes the text of a reply fit to be kept: short, one line, printable, and without anybody's address.</summary>
internal static class SmtpReplyText
{
    public const int MaxLength = 200;
    private const string Mask = "[address]";

    private static readonly SearchValues<byte> Delimiters = SearchValues.Create(" <>()[]\"',;:"u8);

    /// <summary>Appends one line to <paramref name="text"/>.</summary>
    public static int Append(ReadOnlySpan<byte> line, Span<char> text, int length)
    {
        if (length > 0 && length < text.Length && !line.IsEmpty)
        {
            text[length++] = ' ';
        }

        while (!line.IsEmpty && length < text.Length)
        {
            var end = line.IndexOfAny(Delimiters);
            var word = end < 0 ? line : line[..end];
            length = AppendWord(word, text, length);
            if (end >= 0 && length < text.Length)
            {
                text[length++] = (char)line[end];
            }

            line = end < 0 ? [] : line[(end + 1)..];
        }

        return length;
    }

    private static int AppendWord(ReadOnlySpan<byte> word, Span<char> text, int length)
    {
        if (word.Contains((byte)'@'))
        {
            var mask = Mask.AsSpan(0, Math.Min(Mask.Length, text.Length - length));
            mask.CopyTo(text[length..]);
            return length + mask.Length;
        }

        foreach (var octet in word)
        {
            if (length == text.Length)
            {
                break;
            }

            text[length++] = octet is >= 0x20 and < 0x7F ? (char)octet : '?';
        }

        return length;
    }
}

namespace Messaging.Channels.Email;

/// <summary>Writes free text such as a subject (RFC 5322 §2.2.1).</summary>
internal static class UnstructuredHeader
{
    private const int LongestBlank = 32;

    /// <summary>Writes the field. Words stay as they are where they can; the others become encoded-words. Blanks at both ends are lost.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="value">Valid UTF-8 without line breaks.</param>
    public static void Write(ref OctetWriter writer, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        HeaderFolding.WriteName(ref writer, name);
        var rest = value.Trim(" \t"u8);
        scoped var blanks = " "u8;
        while (!rest.IsEmpty)
        {
            var length = LengthOfWord(rest);
            if (IsPlain(rest[..length]))
            {
                WritePlain(ref writer, blanks, rest[..length]);
            }
            else
            {
                length = LengthOfRun(rest, length);
                EncodedWord.Write(ref writer, blanks, rest[..length], phrase: false);
            }

            rest = rest[length..];
            var gap = LengthOfBlanks(rest);
            gap = gap > LongestBlank ? 1 : gap; // the others go into an encoded-word, or the line could not be kept short
            blanks = rest[..gap];
            rest = rest[gap..];
        }

        writer.WriteLineEnd();
    }

    /// <summary>Whether a word means itself: printable ASCII, not too long, and not the look of an encoded-word.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> word) => word.Length <= HeaderFolding.LongestWord
        && !word.ContainsAnyExceptInRange((byte)'!', (byte)'~') && word.IndexOf("=?"u8) < 0;

    private static void WritePlain(ref OctetWriter writer, scoped ReadOnlySpan<byte> blanks, scoped ReadOnlySpan<byte> word)
    {
        if (writer.Column + blanks.Length + word.Length > HeaderFolding.Wanted)
        {
            writer.WriteLineEnd();
        }

        writer.Write(blanks);
        writer.Write(word);
    }

    // Blanks between two encoded-words are lost to the reader, so neighbours are encoded with what is between them.
    private static int LengthOfRun(ReadOnlySpan<byte> text, int length)
    {
        while (length < text.Length)
        {
            var gap = LengthOfBlanks(text[length..]);
            var next = LengthOfWord(text[(length + gap)..]);
            if (gap <= LongestBlank && IsPlain(text.Slice(length + gap, next)))
            {
                break;
            }

            length += gap + next;
        }

        return length;
    }

    private static int LengthOfWord(ReadOnlySpan<byte> text)
    {
        var start = LengthOfBlanks(text);
        var end = text[start..].IndexOfAny((byte)' ', (byte)'\t');
        return end < 0 ? text.Length : start + end;
    }

    private static int LengthOfBlanks(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return end < 0 ? text.Length : end;
    }
}

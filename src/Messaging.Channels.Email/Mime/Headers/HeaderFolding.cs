namespace Messaging.Channels.Email;

/// <summary>Where header lines end (RFC 5322 §2.1.1 and §2.2.3).</summary>
internal static class HeaderFolding
{
    /// <summary>The length that lines should not exceed.</summary>
    public const int Wanted = 78;

    /// <summary>The longest word that is written as it is; with its name and blanks it stays below the limit of 998.</summary>
    public const int LongestWord = 900;

    /// <summary>Writes the name and the colon of a field; the value follows behind a blank.</summary>
    public static void WriteName(ref OctetWriter writer, scoped ReadOnlySpan<byte> name)
    {
        writer.Column = 0;
        writer.Write(name);
        writer.WriteByte((byte)':');
    }

    /// <summary>Begins a continuation line.</summary>
    public static void Break(ref OctetWriter writer)
    {
        writer.WriteLineEnd();
        writer.WriteByte((byte)' ');
    }

    /// <summary>Writes a blank, and before it a line end when what follows would not fit.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="following">The length of what follows and cannot be broken.</param>
    public static void WriteBlank(ref OctetWriter writer, int following)
    {
        if (writer.Column + 1 + following > Wanted)
        {
            writer.WriteLineEnd();
        }

        writer.WriteByte((byte)' ');
    }

    /// <summary>Writes something that cannot be broken, behind a blank.</summary>
    public static void WriteAtom(ref OctetWriter writer, scoped ReadOnlySpan<byte> atom)
    {
        WriteBlank(ref writer, atom.Length);
        writer.Write(atom);
    }
}

namespace Messaging.Channels.Email;

/// <summary>Reads and writes lists of Message-IDs (RFC 5322 §3.6.4).</summary>
internal static class MessageIds
{
    private const int Longest = 400;
    private const int MostReferences = 20;

    /// <summary>Whether a text is one id, with or without its brackets.</summary>
    public static bool IsValid(ReadOnlySpan<char> id)
    {
        id = WithoutBrackets(id);
        return id.Length <= Longest && HeaderText.IsToken(id) && !id.ContainsAny('<', '>') && id.IndexOf('@') is var at && at > 0 && at < id.Length - 1;
    }

    /// <summary>Writes a field with the ids of a text, separated by blanks. Of a long list the beginning and the end are kept.</summary>
    public static void Write(ref OctetWriter writer, scoped ReadOnlySpan<byte> name, ReadOnlySpan<char> ids)
    {
        HeaderFolding.WriteName(ref writer, name);
        var leftOut = Count(ids) - MostReferences;
        var index = 0;
        foreach (var range in ids.Split(' '))
        {
            var id = WithoutBrackets(ids[range]);
            if (id.IsEmpty || (index++ > 0 && index - 1 <= leftOut))
            {
                continue;
            }

            WriteId(ref writer, id);
        }

        writer.WriteLineEnd();
    }

    /// <summary>Whether every id of a text is one.</summary>
    public static bool AreValid(ReadOnlySpan<char> ids)
    {
        foreach (var range in ids.Split(' '))
        {
            if (range.End.Value > range.Start.Value && !IsValid(ids[range]))
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteId(ref OctetWriter writer, scoped ReadOnlySpan<char> id)
    {
        HeaderFolding.WriteBlank(ref writer, id.Length + 2);
        writer.WriteByte((byte)'<');
        writer.WriteText(id);
        writer.WriteByte((byte)'>');
    }

    private static ReadOnlySpan<char> WithoutBrackets(ReadOnlySpan<char> id) => id is ['<', .. var inside, '>'] ? inside : id;

    private static int Count(ReadOnlySpan<char> ids)
    {
        var count = 0;
        foreach (var range in ids.Split(' '))
        {
            count += range.End.Value > range.Start.Value ? 1 : 0;
        }

        return count;
    }
}

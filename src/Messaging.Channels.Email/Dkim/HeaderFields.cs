namespace Messaging.Channels.Email;

/// <summary>The fields of a finished header, found in its octets: what is signed is what leaves, not what was meant.</summary>
internal ref struct HeaderFields(ReadOnlySpan<byte> header)
{
    private const int Most = 128;

    private readonly ReadOnlySpan<byte> _header = header;
    private readonly Range[] _fields = Split(header);

    /// <summary>Finds the last field of a name that stands before another.</summary>
    /// <param name="name">The name.</param>
    /// <param name="before">The place of the field found last, or <see cref="Count"/>; becomes the place of this one.</param>
    public readonly ReadOnlySpan<byte> FindBefore(ReadOnlySpan<byte> name, ref int before)
    {
        for (before--; before >= 0; before--)
        {
            var field = _header[_fields[before]];
            var colon = field.IndexOf((byte)':');
            if (colon > 0 && System.Text.Ascii.EqualsIgnoreCase(field[..colon].TrimEnd(" \t"u8), name))
            {
                return field;
            }
        }

        return default;
    }

    public readonly int Count => _fields.Length;

    private static Range[] Split(ReadOnlySpan<byte> header)
    {
        var fields = new List<Range>(Most);
        for (var start = 0; start < header.Length;)
        {
            var end = start;
            do
            {
                var next = header[end..].IndexOf((byte)'\n');
                end = next < 0 ? header.Length : end + next + 1;
            }
            while (end < header.Length && header[end] is (byte)' ' or (byte)'\t');

            fields.Add(start..end);
            start = end;
        }

        return [.. fields];
    }
}

namespace Messaging.Sending;

/// <summary>Which recipients of a delivery have a final answer, kept at the end of its payload until the others have one too.</summary>
internal static class AnsweredSection
{
    /// <summary>Reads one section into what earlier ones held.</summary>
    public static HashSet<string> Read(ReadOnlyMemory<byte> section, HashSet<string>? into)
    {
        into ??= new(StringComparer.Ordinal);
        var reader = new PayloadReader(section);
        while (!reader.IsAtEnd)
        {
            into.Add(reader.Text());
        }

        return into;
    }

    /// <summary>Returns the payload with further recipients noted.</summary>
    public static byte[] Append(ReadOnlyMemory<byte> payload, IReadOnlyList<Address> answered)
    {
        var buffer = new PayloadBuffer();
        if (payload.IsEmpty)
        {
            buffer.Begin();
        }

        var section = buffer.Begin((byte)DeliverySection.Answered);
        for (var i = 0; i < answered.Count; i++)
        {
            buffer.Text(answered[i].Value);
        }

        buffer.End(section);
        return [.. payload.Span, .. buffer.From(0).Span];
    }
}

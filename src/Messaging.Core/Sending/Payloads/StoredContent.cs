namespace Messaging.Sending;

/// <summary>Content in a payload: slices of it, not copies.</summary>
internal readonly record struct StoredContent(Utf8Text Subject, Utf8Text Text, Utf8Text Html)
{
    public static StoredContent Read(ReadOnlyMemory<byte> section)
    {
        var reader = new PayloadReader(section);
        var subject = reader.Length();
        var text = reader.Length();
        return new(new(reader.Slice(subject)), new(reader.Slice(text)), new(reader.Rest()));
    }

    /// <summary>Writes content as a section.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="tag">The section.</param>
    /// <param name="write">Writes subject, text and html one after the other, and returns their lengths.</param>
    /// <param name="state">What <paramref name="write"/> needs.</param>
    public static void Write<TState>(PayloadBuffer buffer, byte tag, TState state, Func<PayloadBuffer, TState, Templates.RenderedLengths> write)
    {
        var section = buffer.Begin(tag);
        var subject = buffer.Reserve();
        var text = buffer.Reserve();
        var lengths = write(buffer, state);
        buffer.Fill(subject, lengths.Subject);
        buffer.Fill(text, lengths.Text);
        buffer.End(section);
    }
}

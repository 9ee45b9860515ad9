namespace Messaging.Sending;

/// <summary>An attachment as a payload holds it: by value, by key, or by source.</summary>
internal readonly record struct PayloadAttachment
{
    /// <summary>How the bytes are found. Values never change once released: stores keep them.</summary>
    internal enum Form : byte
    {
        /// <summary>They are here.</summary>
        Inline = 0,

        /// <summary>The attachment store has them.</summary>
        Stored = 1,

        /// <summary>A source makes them.</summary>
        Deferred = 2,
    }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    public string? ContentId { get; init; }

    public required Form Kind { get; init; }

    /// <summary>Gets the bytes, when they are here.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Gets the store's key, or what the source is asked for.</summary>
    public string? Key { get; init; }

    /// <summary>Gets the source's name.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the size in bytes, when known.</summary>
    public long? Size { get; init; }

    public void Write(PayloadBuffer buffer)
    {
        buffer.Text(FileName);
        buffer.Text(ContentType);
        buffer.Text(ContentId);
        buffer.Byte((byte)Kind);
        switch (Kind)
        {
            case Form.Inline:
                buffer.Number(Content.Length);
                System.Buffers.BuffersExtensions.Write(buffer.Bytes, Content.Span);
                break;
            case Form.Stored:
                buffer.Text(Key);
                buffer.Number((ulong)(Size ?? 0));
                break;
            default:
                buffer.Text(Source);
                buffer.Text(Key);
                break;
        }
    }

    public static PayloadAttachment Read(ref PayloadReader reader)
    {
        var attachment = new PayloadAttachment
        {
            FileName = reader.Text(),
            ContentType = reader.Text(),
            ContentId = reader.Text() is { Length: > 0 } id ? id : null,
            Kind = (Form)reader.Byte(),
        };
        return attachment.Kind switch
        {
            Form.Inline => attachment with { Content = reader.Slice(reader.Length()) } is var inline ? inline with { Size = inline.Content.Length } : default,
            Form.Stored => attachment with { Key = reader.Text(), Size = (long)reader.Number() },
            Form.Deferred => attachment with { Source = reader.Text(), Key = reader.Text() },
            _ => throw new InvalidDataException($"The payload holds an attachment of the unknown form {(byte)attachment.Kind}. Update this process."),
        };
    }
}

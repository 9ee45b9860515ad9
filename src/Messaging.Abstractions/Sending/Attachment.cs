namespace Messaging;

/// <summary>A file that goes with a message.</summary>
/// <remarks>Bytes up to the inline limit travel with the message; larger ones go to <see cref="Storage.IAttachmentStore"/>; deferred ones are made when the message is sent.</remarks>
public sealed record Attachment
{
    private Attachment(string fileName, string contentType) => (FileName, ContentType) = (fileName, contentType);

    /// <summary>Gets the name that the recipient sees; no path.</summary>
    public string FileName { get; }

    /// <summary>Gets the media type, such as <c>application/pdf</c>.</summary>
    public string ContentType { get; }

    /// <summary>Gets the id by which html refers to the file (<c>cid:logo</c>), without angle brackets; <see langword="null"/> for an ordinary attachment.</summary>
    public string? ContentId { get; init; }

    /// <summary>Gets the bytes, when they were given.</summary>
    public ReadOnlyMemory<byte>? Content { get; private init; }

    /// <summary>Gets how to open the bytes at accept, when a stream was given.</summary>
    public Func<CancellationToken, ValueTask<Stream>>? Open { get; private init; }

    /// <summary>Gets the name of the <see cref="IAttachmentSource"/> that makes the bytes at send time, when deferred.</summary>
    public string? Source { get; private init; }

    /// <summary>Gets what <see cref="Source"/> is asked for.</summary>
    public string? SourceKey { get; private init; }

    /// <summary>An attachment of bytes in memory. They are not copied and must not change before the send returns.</summary>
    public static Attachment FromBytes(string fileName, string contentType, ReadOnlyMemory<byte> content) =>
        new(fileName, contentType) { Content = content };

    /// <summary>An attachment that is read once, while the message is accepted.</summary>
    public static Attachment FromStream(string fileName, string contentType, Func<CancellationToken, ValueTask<Stream>> open) =>
        new(fileName, contentType) { Open = open };

    /// <summary>An attachment that the registered source makes when the message is sent, so that it need not be kept.</summary>
    public static Attachment Deferred(string fileName, string contentType, string source, string key) =>
        new(fileName, contentType) { Source = source, SourceKey = key };
}

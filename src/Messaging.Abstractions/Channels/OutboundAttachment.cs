namespace Messaging.Channels;

/// <summary>An attachment as a channel gets it.</summary>
public abstract class OutboundAttachment
{
    /// <summary>Gets the name that the recipient sees.</summary>
    public required string FileName { get; init; }

    /// <summary>Gets the media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Gets the id by which html refers to it; <see langword="null"/> for an ordinary attachment.</summary>
    public string? ContentId { get; init; }

    /// <summary>Gets the size in bytes, when known before opening.</summary>
    public long? Size { get; init; }

    /// <summary>Opens the bytes; the caller disposes the stream. May be called again for another attempt.</summary>
    public abstract ValueTask<Stream> OpenAsync(CancellationToken cancellationToken);
}

namespace Messaging.Testing;

/// <summary>An attachment that a test captured.</summary>
/// <param name="FileName">The name that the recipient sees.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Content">The bytes.</param>
/// <param name="ContentId">The id by which html refers to it; <see langword="null"/> for an ordinary attachment.</param>
public sealed record SentAttachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content, string? ContentId = null);

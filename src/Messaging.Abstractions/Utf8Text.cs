using System.Text;

namespace Messaging;

/// <summary>Text that is kept as UTF-8 from the template to the wire, so that it is encoded once.</summary>
/// <remarks>Does not own its memory: whoever made it says how long it stays valid.</remarks>
public readonly struct Utf8Text
{
    /// <summary>Initializes text over bytes that are already UTF-8.</summary>
    public Utf8Text(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>Gets the bytes.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Gets a value indicating whether there is no text.</summary>
    public bool IsEmpty => Utf8.IsEmpty;

    /// <summary>Encodes a string; <see langword="null"/> becomes empty text.</summary>
    public static Utf8Text From(string? text) => string.IsNullOrEmpty(text) ? default : new(Encoding.UTF8.GetBytes(text));

    /// <summary>Encodes a string.</summary>
    public static implicit operator Utf8Text(string? text) => From(text);

    /// <summary>Decodes the text. This is message content: keep it out of logs.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}

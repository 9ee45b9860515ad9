namespace Messaging.Channels.Email;

/// <summary>Whether a person or a program wrote a mail (RFC 3834 §5), so that other programs do not answer it.</summary>
public enum AutoSubmitted
{
    /// <summary>A program wrote it of its own accord: <c>auto-generated</c>.</summary>
    Generated,

    /// <summary>A program wrote it as an answer to another mail: <c>auto-replied</c>.</summary>
    Replied,

    /// <summary>A person wrote it; the header is left out.</summary>
    No,
}

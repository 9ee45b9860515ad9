namespace Messaging;

/// <summary>Content that every kind of channel understands as far as it can.</summary>
public sealed record MessageContent
{
    /// <summary>Gets the subject; kinds without one put it on the first line or leave it out.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets the plain text; made from <see cref="Html"/> when absent.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the html; kinds without html fall back to <see cref="Text"/>.</summary>
    public string? Html { get; init; }

    /// <summary>Gets what the recipient may do; a kind without buttons lists them under the text.</summary>
    public IReadOnlyList<MessageAction> Actions { get; init; } = [];
}

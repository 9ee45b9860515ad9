namespace Messaging.Channels.Email;

/// <summary>An element that is open.</summary>
internal sealed class HtmlFrame(HtmlElement element, bool isHidden, int start)
{
    public HtmlElement Element { get; } = element;

    /// <summary>Gets whether the element itself hides what is in it.</summary>
    public bool IsHidden { get; } = isHidden;

    /// <summary>Gets the length of the text before it.</summary>
    public int Start { get; } = start;

    /// <summary>Gets or sets how many lines stay empty around a block.</summary>
    public int Margin { get; set; }

    /// <summary>Gets or sets where a link leads.</summary>
    public string? Link { get; set; }

    /// <summary>Gets or sets the next number of a numbered list.</summary>
    public int? Number { get; set; }

    /// <summary>Gets or sets the prefix to go back to.</summary>
    public string? Prefix { get; set; }
}

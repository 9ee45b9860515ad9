using System.Buffers;

namespace Messaging.Templates.Handlebars.Rendering;

/// <summary>What cannot stand in html as it is. Values belong between tags or into quoted attributes.</summary>
internal static class HtmlText
{
    public static SearchValues<char> Special { get; } = SearchValues.Create("&<>\"'");

    public static SearchValues<byte> SpecialBytes { get; } = SearchValues.Create("&<>\"'"u8);

    public static ReadOnlySpan<byte> Entity(char special) => special switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&quot;"u8,
        _ => "&#39;"u8,
    };
}

using AngleSharp.Dom;

namespace Messaging.Channels.Email;

/// <summary>What the elements and attributes of html mean for its text.</summary>
internal static class HtmlRules
{
    private static readonly string[] LinkSchemes = ["https:", "http:", "mailto:", "tel:", "sms:"];

    /// <summary>Whether a reader of the html does not see the element.</summary>
    public static bool IsHidden(IElement element) =>
        element.LocalName is "head" or "style" or "script" or "title" or "template" or "noscript" or "svg" or "math" or "object"
            or "iframe" or "canvas" or "audio" or "video" or "select" or "textarea" or "map" or "datalist"
        || element.HasAttribute("hidden")
        || (element.GetAttribute("style") is { Length: > 0 } style && IsHiddenBy(style));

    /// <summary>How many lines stay empty around an element; <see langword="null"/> when it does not even begin a line.</summary>
    public static int? EmptyLinesAround(IElement element) => element.LocalName switch
    {
        "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" or "pre" or "hr" or "dl" or "figure" => 1,
        "ul" or "ol" => element.ParentElement?.LocalName is "li" ? 0 : 1,
        "table" => element.GetAttribute("role") is "presentation" or "none" ? 0 : 1,
        "div" or "section" or "article" or "header" or "footer" or "main" or "nav" or "aside" or "tr" or "li" or "dt" or "dd" or "form"
            or "fieldset" or "center" or "address" or "caption" or "figcaption" or "details" or "summary" or "body" => 0,
        _ => null,
    };

    /// <summary>Whether the cells of a row belong on one line: several, and none with blocks of its own.</summary>
    public static bool IsDataRow(IElement row)
    {
        var cells = 0;
        for (var node = row.FirstChild; node is not null; node = node.NextSibling)
        {
            if (node is IElement { LocalName: "td" or "th" } cell)
            {
                cells++;
                if (HasBlock(cell))
                {
                    return false;
                }
            }
        }

        return cells > 1;
    }

    /// <summary>Gets where a link leads, as text; <see langword="null"/> when it leads nowhere that a reader of text can go.</summary>
    public static string? LinkOf(IElement anchor)
    {
        var href = anchor.GetAttribute("href")?.Trim() ?? "";
        if (!Array.Exists(LinkSchemes, scheme => href.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        href = string.Concat(href.Where(static c => c > ' ' && c != '\x7F'));
        return href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(href[7..].Split('?')[0]) : href;
    }

    /// <summary>Whether the text of a link already is its address.</summary>
    public static bool Says(string text, string link) => Bare(text).Equals(Bare(link), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> link)
    {
        foreach (var scheme in LinkSchemes)
        {
            if (link.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                link = link[scheme.Length..];
                break;
            }
        }

        return link.Trim('/');
    }

    private static bool HasBlock(IElement cell)
    {
        for (var node = cell.FirstChild; node is not null; node = node.NextSibling)
        {
            if (node is IElement element && (EmptyLinesAround(element) is not null || element.LocalName == "br"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHiddenBy(string style)
    {
        var compact = string.Concat(style.Where(static c => !char.IsWhiteSpace(c)));
        return compact.Contains("display:none", StringComparison.OrdinalIgnoreCase)
            || compact.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)
            || compact.Contains("mso-hide:all", StringComparison.OrdinalIgnoreCase)
            || IsZeroHeight(compact);
    }

    private static bool IsZeroHeight(string style)
    {
        const string property = "max-height:0";
        var at = style.IndexOf(property, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (at + property.Length == style.Length || style[at + property.Length] is not ('.' or (>= '0' and <= '9')));
    }
}

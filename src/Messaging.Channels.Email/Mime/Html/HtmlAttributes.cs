using AngleSharp.Html.Parser.Tokens.Struct;

namespace Messaging.Channels.Email;

/// <summary>What the attributes of an element mean for its text.</summary>
internal static class HtmlAttributes
{
    private static readonly string[] LinkSchemes = ["https:", "http:", "mailto:", "tel:", "sms:"];

    /// <summary>Whether anything here looks at an attribute.</summary>
    public static bool IsNeeded(ReadOnlySpan<char> name) => name is "href" or "style" or "alt" or "hidden" or "role" or "start";

    /// <summary>Whether a reader of the html does not see the element.</summary>
    public static bool Hide(ref StructHtmlToken tag)
    {
        for (var i = 0; i < tag.Attributes.Count; i++)
        {
            var attribute = tag.Attributes[i];
            if (attribute.Name == "hidden" || (attribute.Name == "style" && IsHiddenBy(attribute.Value.ToString())))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets where a link leads, as text; <see langword="null"/> when it leads nowhere that a reader of text can go.</summary>
    public static string? LinkOf(ref StructHtmlToken tag)
    {
        var href = tag.GetAttribute("href").ToString()?.Trim() ?? "";
        if (!Array.Exists(LinkSchemes, scheme => href.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        href = href.AsSpan().ContainsAnyInRange('\0', ' ') ? string.Concat(href.Where(static c => c > ' ')) : href;
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

    private static bool IsHiddenBy(string style)
    {
        var compact = style.Contains(' ', StringComparison.Ordinal) ? string.Concat(style.Where(static c => !char.IsWhiteSpace(c))) : style;
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

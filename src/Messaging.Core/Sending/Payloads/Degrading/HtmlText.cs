using System.Net;
using System.Text;

namespace Messaging.Sending;

/// <summary>Makes plain text of html for channels that show no html: enough for a message, no browser. Works on any input, however malformed.</summary>
/// <remarks>Blocks become lines, list items get a hyphen, links show their target behind their text, images their alternative text.</remarks>
internal static class HtmlText
{
    private static readonly string[] Silent = ["head", "style", "script", "title", "template", "noscript"];

    public static string From(string html)
    {
        var text = new PlainTextBuilder();
        var links = new Stack<(string Href, int Start)>();
        for (var at = 0; at < html.Length;)
        {
            var open = html.IndexOf('<', at);
            text.Words(WebUtility.HtmlDecode(html[at..(open < 0 ? html.Length : open)]));
            if (open < 0)
            {
                break;
            }

            if (!HtmlTag.Begins(html, open))
            {
                text.Words("<");
                at = open + 1;
                continue;
            }

            var tag = HtmlTag.Read(html, open);
            at = !tag.IsEnd && Silent.Contains(tag.Name) ? AfterEnd(html, tag) : tag.End;
            Apply(text, tag, links);
        }

        return text.ToString();
    }

    private static void Apply(PlainTextBuilder text, HtmlTag tag, Stack<(string Href, int Start)> links)
    {
        switch (tag.Name)
        {
            case "br":
                text.Break();
                break;
            case "a" when !tag.IsEnd:
                links.Push((tag.Attribute("href") ?? "", text.Length));
                break;
            case "a" when links.TryPop(out var link):
                Target(text, link.Href, link.Start);
                break;
            case "img" when tag.Attribute("alt") is { Length: > 0 } alternative:
                text.Words(alternative);
                break;
            case "li" when !tag.IsEnd:
                text.Line();
                text.Words("- ");
                break;
            case "td" or "th":
                text.Words(" ");
                break;
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "blockquote" or "ul" or "ol" or "table" or "hr":
                text.Paragraph();
                break;
            case "div" or "tr" or "li" or "section" or "article" or "header" or "footer" or "pre" or "dl" or "dt" or "dd":
                text.Line();
                break;
        }
    }

    private static void Target(PlainTextBuilder text, string href, int start)
    {
        if (href.Length > 0 && href[0] != '#' && !text.EndsWith(href, start))
        {
            text.Words(text.Length > start ? $" ({href})" : href);
        }
    }

    private static int AfterEnd(string html, HtmlTag tag)
    {
        var end = html.IndexOf("</" + tag.Name, tag.End, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : end;
    }
}

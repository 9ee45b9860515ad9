using System.Net;

namespace Messaging.Sending;

/// <summary>A tag of html text, with its attributes unread.</summary>
/// <param name="Name">The name in lower case; empty for a comment or declaration, or a bracket that begins no tag.</param>
/// <param name="IsEnd">Whether it closes.</param>
/// <param name="End">The place behind it.</param>
/// <param name="Inside">What stands between name and bracket.</param>
internal readonly record struct HtmlTag(string Name, bool IsEnd, int End, string Inside)
{
    /// <summary>Returns whether a bracket begins a tag or a comment, rather than meaning less.</summary>
    public static bool Begins(string html, int open) => open + 1 < html.Length && (char.IsAsciiLetter(html[open + 1]) || html[open + 1] is '/' or '!' or '?');

    /// <summary>Reads what begins with a bracket.</summary>
    public static HtmlTag Read(string html, int open)
    {
        if (string.CompareOrdinal(html, open, "<!--", 0, 4) == 0)
        {
            var close = html.IndexOf("-->", open + 4, StringComparison.Ordinal);
            return new("", false, close < 0 ? html.Length : close + 3, "");
        }

        var end = EndOf(html, open + 1);
        var inside = html.AsSpan(open + 1, Math.Max(0, end - open - 2));
        var closes = inside.StartsWith("/");
        inside = closes ? inside[1..] : inside;
        var length = 0;
        while (length < inside.Length && char.IsAsciiLetterOrDigit(inside[length]))
        {
            length++;
        }

        return new(inside[..length].ToString().ToLowerInvariant(), closes, end, inside[length..].ToString());
    }

    /// <summary>Returns an attribute's value, decoded; <see langword="null"/> when it is not there.</summary>
    public string? Attribute(string name)
    {
        for (var at = Inside.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = Inside.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var rest = Inside.AsSpan(at + name.Length).TrimStart();
            if (at > 0 && char.IsWhiteSpace(Inside[at - 1]) && rest.StartsWith("="))
            {
                return WebUtility.HtmlDecode(Value(rest[1..].TrimStart()).ToString());
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> text)
    {
        var quoted = text.Length > 0 && text[0] is '"' or '\'';
        var end = quoted ? text[1..].IndexOf(text[0]) : text.IndexOfAny(" \t\r\n");
        text = quoted ? text[1..] : text;
        return end < 0 ? text : text[..end];
    }

    /// <summary>A bracket inside quotes ends no tag.</summary>
    private static int EndOf(string html, int at)
    {
        var quote = '\0';
        for (; at < html.Length; at++)
        {
            var c = html[at];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c == '>')
            {
                return at + 1;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
        }

        return html.Length;
    }
}

using System.Text;
using AngleSharp.Html.Parser;

namespace Messaging.Channels.Email;

/// <summary>
/// Makes the plain text of a mail that has only html, for readers that show no html and for filters that distrust mails without:
/// links with their addresses, lists, tables and headings laid out, what is hidden left out.
/// </summary>
internal static class HtmlToText
{
    /// <summary>Converts a document or a fragment.</summary>
    /// <param name="html">Valid UTF-8; hostile input is read as far as it makes sense.</param>
    /// <returns>UTF-8 with LF line ends; one line end at the end unless there is no text at all.</returns>
    public static byte[] Convert(ReadOnlySpan<byte> html) => Encoding.UTF8.GetBytes(Convert(Encoding.UTF8.GetString(html)));

    /// <inheritdoc cref="Convert(ReadOnlySpan{byte})"/>
    public static string Convert(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var text = new TextLayout();
        if (document.Body is { } body)
        {
            new HtmlWalker(text).Walk(body);
        }

        return text.Finish();
    }
}

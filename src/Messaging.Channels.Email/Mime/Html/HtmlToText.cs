using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

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
        using var source = new TextSource(new ReadOnlyMemoryTextSource(html.AsMemory()));
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.ResolverExtended)
        {
            SkipComments = true,
            DisableElementPositionTracking = true,
            ShouldEmitAttribute = static (ref StructHtmlToken _, ReadOnlyMemory<char> name) => HtmlAttributes.IsNeeded(name.Span),
        };
        var text = new HtmlText();
        for (ref var token = ref tokenizer.GetStructToken(); token.Type != HtmlTokenType.EndOfFile; token = ref tokenizer.GetStructToken())
        {
            Add(text, ref token, tokenizer);
        }

        return text.Finish();
    }

    private static void Add(HtmlText text, ref StructHtmlToken token, HtmlTokenizer tokenizer)
    {
        switch (token.Type)
        {
            case HtmlTokenType.Character:
                text.Add(token.Data);
                break;
            case HtmlTokenType.StartTag:
                var element = HtmlElement.Find(token.Name);
                tokenizer.State = element.Content;
                text.Open(element, ref token);
                break;
            case HtmlTokenType.EndTag:
                tokenizer.State = HtmlParseMode.PCData;
                text.Close(token.Name);
                break;
        }
    }
}

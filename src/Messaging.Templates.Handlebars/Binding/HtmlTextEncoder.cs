using System.Text;
using HandlebarsDotNet;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Binding;

/// <summary>Escapes the text that Handlebars prints itself.</summary>
internal sealed class HtmlTextEncoder : ITextEncoder
{
    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target) => ((Utf8TextWriter)target).WriteHtml(text);

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        if (text is null)
        {
            return;
        }

        while (text.MoveNext())
        {
            ((Utf8TextWriter)target).WriteHtml([text.Current]);
        }
    }
}

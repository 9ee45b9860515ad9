using System.Text;

namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>Writes the text that Handlebars compiles, so that joining two files never makes braces that neither has.</summary>
internal sealed class FlatText
{
    /// <summary>The longest text that is compiled, in characters: repeated partials grow without a bound otherwise.</summary>
    private const int MaxLength = 1_000_000;

    /// <summary>The most tags: Handlebars makes code of each.</summary>
    private const int MaxTags = 10_000;

    private readonly StringBuilder _text = new();
    private int _tags;
    private bool _afterTag;

    /// <summary>Gets a value indicating whether what comes next is from another file than what came before.</summary>
    public bool AtJoin { get; set; }

    public void Static(TemplateFile file, int position, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_afterTag && text[0] == '}')
        {
            throw file.Error(position, "A brace follows a tag. Put a space between them.");
        }

        if (AtJoin && !_afterTag && text[0] == '{' && EndsWith('{'))
        {
            throw file.Error(position, "A brace of one file would meet a brace of another. Put a space between them.");
        }

        _text.Append(text);
        _afterTag = false;
        Check(file, position);
    }

    public void Tag(TemplateFile file, Segment.Tag tag, string inner)
    {
        if (!_afterTag && (EndsWith('{') || (AtJoin && EndsWith('\\'))))
        {
            throw file.Error(tag.Position, "A brace or backslash stands directly before a tag. Put a space between them.");
        }

        _tags++;
        _text.Append(tag.Raw ? "{{{" : "{{").Append(tag.TrimBefore ? "~" : "").Append(inner)
            .Append(tag.TrimAfter ? " ~" : "").Append(tag.Raw ? "}}}" : "}}");
        _afterTag = true;
        Check(file, tag.Position);
    }

    public override string ToString() => _text.ToString();

    private bool EndsWith(char c) => _text.Length > 0 && _text[^1] == c;

    private void Check(TemplateFile file, int position)
    {
        AtJoin = false;
        if (_text.Length > MaxLength || _tags > MaxTags)
        {
            throw file.Error(position, $"With its partials, a template has at most {MaxLength} characters and {MaxTags} tags.");
        }
    }
}

using System.Text;

namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>Writes the text that Handlebars compiles, so that joining two files never makes braces that neither has.</summary>
internal sealed class FlatText
{
    /// <summary>The longest text that is compiled, in characters: repeated partials grow without a bound otherwise.</summary>
    private const int MaxLength = 1_000_000;

    /// <summary>The most tags and calls in parentheses. Handlebars makes code of each, in a time that grows with the square of their number.</summary>
    private const int MaxTags = 2_000;

    private readonly StringBuilder _text = new();
    private int _tags;
    private bool _afterTag;
    private bool _atJoin;

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

        if (_atJoin && !_afterTag && text[0] == '{' && EndsWith('{'))
        {
            throw file.Error(position, "A brace of one file would meet a brace of another. Put a space between them.");
        }

        _text.Append(text);
        _afterTag = false;
        _atJoin = false;
        Check(file, position);
    }

    public void Tag(TemplateFile file, Segment.Tag tag, string inner)
    {
        if (!_afterTag && (EndsWith('{') || (_atJoin && EndsWith('\\'))))
        {
            throw file.Error(tag.Position, "A brace or backslash stands directly before a tag. Put a space between them.");
        }

        _text.Append(tag.Raw ? "{{{" : "{{").Append(tag.TrimBefore ? "~" : "").Append(inner)
            .Append(tag.TrimAfter ? " ~" : "").Append(tag.Raw ? "}}}" : "}}");
        _afterTag = true;
        _atJoin = false;
        Check(file, tag.Position);
    }

    /// <summary>Says that what comes next is from another file.</summary>
    public void Join() => _atJoin = true;

    /// <summary>Counts a tag that is looked at, and the calls in it. Those that leave no text count, too: partials include them again and again.</summary>
    public void Count(TemplateFile file, Segment.Tag tag)
    {
        _tags += 1 + tag.Tokens.Count(token => token.Type == TokenType.Open);
        Check(file, tag.Position);
    }

    public override string ToString() => _text.ToString();

    private bool EndsWith(char c) => _text.Length > 0 && _text[^1] == c;

    private void Check(TemplateFile file, int position)
    {
        if (_text.Length > MaxLength || _tags > MaxTags)
        {
            throw file.Error(position, $"With its partials, a template has at most {MaxLength} characters and {MaxTags} tags and calls.");
        }
    }
}

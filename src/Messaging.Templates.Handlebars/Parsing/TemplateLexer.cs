using System.Text;

namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>Splits a text into what is copied and what stands between braces, as Handlebars does, escapes included.</summary>
internal ref struct TemplateLexer(TemplateFile file)
{
    private readonly string _text = file.Text;
    private readonly List<Segment> _segments = [];
    private readonly StringBuilder _static = new();
    private int _position;

    public List<Segment> Read()
    {
        while (_position < _text.Length)
        {
            switch (_text[_position])
            {
                case '\\':
                    Escape();
                    break;
                case '{' when At(1) == '{':
                    FlushStatic();
                    _segments.Add(ReadTag());
                    break;
                default:
                    CopyUntilMark();
                    break;
            }
        }

        FlushStatic();
        return _segments;
    }

    private readonly char At(int offset) => _position + offset < _text.Length ? _text[_position + offset] : '\0';

    private void CopyUntilMark()
    {
        var next = _text.AsSpan(_position + 1).IndexOfAny('\\', '{');
        Copy(next < 0 ? _text.Length - _position : next + 1);
    }

    private void Copy(int length)
    {
        length = Math.Min(length, _text.Length - _position);
        _static.Append(_text, _position, length);
        _position += length;
    }

    /// <summary>A doubled backslash is one; a backslash before braces makes them plain text.</summary>
    private void Escape() => Copy(At(1) switch
    {
        '\\' => 2,
        '{' => At(2) == '{' ? 3 : 2,
        _ => 1,
    });

    private void FlushStatic()
    {
        if (_static.Length > 0)
        {
            _segments.Add(new Segment.Static(_position - _static.Length, _static.ToString()));
            _static.Clear();
        }
    }

    private Segment.Tag ReadTag()
    {
        var start = _position;
        _position += 2;
        var triple = Skip('{');
        if (triple && At(0) == '{')
        {
            throw file.Error(start, "Raw blocks in four braces are not supported. Write \\{{ for plain braces.");
        }

        var trimBefore = Skip('~');
        if (At(0) == '!')
        {
            return ReadComment(start, trimBefore);
        }

        var raw = triple | Skip('&');
        var type = ReadType(start, raw);
        (var tokens, _position) = new TagReader(file, _position).Read();
        var trimAfter = Skip('~');
        Expect(start, triple ? "}}}" : "}}");
        if (!triple && At(0) == '}')
        {
            throw file.Error(start, "A tag that opens with two braces closes with three. Put a space before a brace that belongs to the text.");
        }

        if (type == TagType.Value && tokens is [{ Type: TokenType.Path, Text: "else" }, ..])
        {
            type = TagType.Else;
        }

        return new Segment.Tag(start, type, tokens) { Raw = raw, TrimBefore = trimBefore, TrimAfter = trimAfter };
    }

    private TagType ReadType(int start, bool raw)
    {
        while (char.IsWhiteSpace(At(0)))
        {
            _position++;
        }

        var type = At(0) switch
        {
            '#' => TagType.Open,
            '^' => TagType.Inverse,
            '/' => TagType.Close,
            '>' => TagType.Partial,
            _ => TagType.Value,
        };
        if (type == TagType.Value)
        {
            return type;
        }

        _position++;
        return raw || At(0) is '>' or '*'
            ? throw file.Error(start, "Blocks in three braces, partial blocks and inline partials are not supported.")
            : type;
    }

    private Segment.Tag ReadComment(int start, bool trimBefore)
    {
        var close = At(1) == '-' && At(2) == '-' ? "--" : "";
        var end = _text.IndexOf(close + "}}", _position, StringComparison.Ordinal);
        var trimmed = _text.IndexOf(close + "~}}", _position, StringComparison.Ordinal);
        var trimAfter = trimmed >= 0 && (end < 0 || trimmed < end || (close.Length == 0 && trimmed + 1 == end));
        if (end < 0 && !trimAfter)
        {
            throw file.Error(start, $"A comment is not closed. Close it with {close}}}}}.");
        }

        _position = trimAfter ? trimmed + close.Length + 3 : end + close.Length + 2;
        return new Segment.Tag(start, TagType.Comment, []) { TrimBefore = trimBefore, TrimAfter = trimAfter };
    }

    private bool Skip(char c)
    {
        var found = At(0) == c;
        _position += found ? 1 : 0;
        return found;
    }

    private void Expect(int start, string braces)
    {
        if (!_text.AsSpan(_position).StartsWith(braces, StringComparison.Ordinal))
        {
            throw file.Error(start, $"A tag is not closed. Close it with {braces}.");
        }

        _position += braces.Length;
    }
}

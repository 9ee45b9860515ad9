namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>Puts layout, part and partials into one text and checks every tag of it.</summary>
/// <remarks>
/// Handlebars.Net would look for partials in files, run partials that include themselves, and write what an indented partial prints without
/// html escapes. It never gets to see one.
/// </remarks>
internal sealed class TemplateFlattener(TemplateSource source, TemplateWords words)
{
    private const int MaxDepth = 32;
    private const int MaxPartialDepth = 16;
    private const int MaxElseIfs = 50;
    private readonly FlatText _text = new();
    private readonly TemplateScopes _scopes = new();
    private readonly HashSet<string> _printed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Segment>> _read = new(StringComparer.Ordinal);
    private readonly Stack<string> _including = new();
    private bool _bodyIncluded;

    public FlatTemplate Flatten()
    {
        if (source.Layout is not { } layout)
        {
            Include(new TemplateFile(source, null, source.Text));
        }
        else
        {
            var file = new TemplateFile(source, "layout", layout);
            Include(file);
            if (!_bodyIncluded)
            {
                throw file.Error(0, "A layout says where the template goes: {{> body}}.");
            }
        }

        return new FlatTemplate(_text.ToString(), _scopes.Variables, _printed) { UsesLoopNames = _scopes.UsesLoopNames };
    }

    private void Include(TemplateFile file)
    {
        var outside = _scopes.Depth;
        var segments = Segments(file);
        _text.Join();
        foreach (var segment in segments)
        {
            if (segment is Segment.Static text)
            {
                _text.Static(file, text.Position, text.Text);
            }
            else
            {
                Visit(file, (Segment.Tag)segment, outside);
            }
        }

        if (_scopes.Depth > outside)
        {
            throw file.Error(_scopes.Innermost.Tag.Position, $"The block '{_scopes.Innermost.Name}' is not closed.");
        }

        _text.Join();
    }

    private List<Segment> Segments(TemplateFile file)
    {
        if (!_read.TryGetValue(file.Text, out var segments))
        {
            _read[file.Text] = segments = new TemplateLexer(file).Read();
            Whitespace.Trim(segments);
        }

        return segments;
    }

    private void Visit(TemplateFile file, Segment.Tag tag, int outside)
    {
        _text.Count(file, tag);
        switch (tag.Type)
        {
            case TagType.Value:
                Value(file, tag);
                break;
            case TagType.Open:
                Open(file, tag);
                break;
            case TagType.Inverse when tag.Tokens.Length > 0:
                OpenInverse(file, tag);
                break;
            case TagType.Inverse or TagType.Else:
                Else(file, tag, outside);
                break;
            case TagType.Close:
                Close(file, tag, outside);
                break;
            case TagType.Partial:
                Partial(file, tag);
                break;
        }
    }

    private void Value(TemplateFile file, Segment.Tag tag)
    {
        var call = new TagCall(file, tag, words, _scopes);
        if (call.PrintsName is { } name && !_scopes.Binds(name))
        {
            _printed.Add(name);
        }

        _text.Tag(file, tag, call.Value());
    }

    private void Open(TemplateFile file, Segment.Tag tag)
    {
        var call = new TagCall(file, tag, words, _scopes);
        var (scope, inner) = call.Block();
        Push(file, scope);
        _text.Tag(file, tag, "#" + inner);
    }

    private void OpenInverse(TemplateFile file, Segment.Tag tag)
    {
        var inner = new TagCall(file, tag, words, _scopes).Inverse();
        Push(file, new Scope(tag, tag.Tokens[0].Text, "unless"));
        _text.Tag(file, tag, "#" + inner);
    }

    private void Push(TemplateFile file, Scope scope)
    {
        if (_scopes.Depth == MaxDepth)
        {
            throw file.Error(scope.Tag.Position, $"Blocks stand inside each other at most {MaxDepth} deep.");
        }

        _scopes.Push(scope);
    }

    private void Else(TemplateFile file, Segment.Tag tag, int outside)
    {
        if (_scopes.Depth == outside || _scopes.Innermost.Emitted == TemplateWords.Scope)
        {
            throw file.Error(tag.Position, "An else stands outside of a block.");
        }

        var inner = new TagCall(file, tag, words, _scopes).Else();
        var block = _scopes.Innermost;
        if (block.Else || block.ElseIfs++ == MaxElseIfs)
        {
            throw file.Error(tag.Position, $"A block has one else, and before it at most {MaxElseIfs} times an else if.");
        }

        block.Else = tag.Tokens.Length < 2;
        _text.Tag(file, tag, inner);
    }

    private void Close(TemplateFile file, Segment.Tag tag, int outside)
    {
        if (tag.Tokens is not [{ Type: TokenType.Path } name] || _scopes.Depth == outside || _scopes.Innermost.Name != name.Text)
        {
            var expected = _scopes.Depth == outside ? "No block is open here." : $"Close '{_scopes.Innermost.Name}' first.";
            throw file.Error(tag.Position, $"This closing tag has no block. {expected}");
        }

        _text.Tag(file, tag, "/" + _scopes.Innermost.Emitted);
        _scopes.Pop();
    }

    private void Partial(TemplateFile file, Segment.Tag tag)
    {
        if (tag.Tokens is not [{ Type: TokenType.Path or TokenType.Text } name, ..])
        {
            throw file.Error(tag.Position, "A partial is included by its plain name: {{> footer}}.");
        }

        var included = Find(file, tag, name.Text);
        if (_including.Count == MaxPartialDepth || _including.Contains(name.Text))
        {
            throw file.Error(tag.Position, $"The partial '{name.Text}' includes itself, or partials include each other more than {MaxPartialDepth} deep.");
        }

        _including.Push(name.Text);
        if (tag.Tokens.Length == 1)
        {
            Include(included);
        }
        else
        {
            IncludeWithArguments(file, tag, included);
        }

        _including.Pop();
    }

    private void IncludeWithArguments(TemplateFile file, Segment.Tag tag, TemplateFile included)
    {
        var plain = tag with { TrimBefore = false, TrimAfter = false };
        var (scope, inner) = new TagCall(file, tag, words, _scopes).Partial();
        Push(file, scope);
        _text.Tag(file, plain, "#" + inner);
        Include(included);
        _text.Tag(file, plain, "/" + scope.Emitted);
        _scopes.Pop();
    }

    private TemplateFile Find(TemplateFile file, Segment.Tag tag, string name)
    {
        if (name == "body" && file.Name == "layout")
        {
            _bodyIncluded = true;
            return new TemplateFile(source, null, source.Text);
        }

        return source.Partials.TryGetValue(name, out var text)
            ? new TemplateFile(source, $"partial '{name}'", text)
            : throw file.Error(tag.Position, source.Partials.Count == 0
                ? $"There is no partial '{name}', nor any other."
                : $"There is no partial '{name}'. There are: {string.Join(", ", source.Partials.Keys.Order(StringComparer.Ordinal))}.");
    }
}

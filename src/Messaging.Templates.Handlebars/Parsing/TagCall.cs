using System.Text;

namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>Checks the words of one tag and writes them for Handlebars.</summary>
internal sealed class TagCall(TemplateFile file, Segment.Tag tag, TemplateWords words, TemplateScopes scopes)
{
    private const int MaxParentheses = 8;
    private readonly StringBuilder _inner = new();

    /// <summary>Gets the name that the tag prints, when it is a plain one of the data and no helper.</summary>
    public string? PrintsName => tag.Tokens is [{ Type: TokenType.Path } only] && IsPlain(only.Text) && only.Text != "this" && !words.IsHelper(only.Text) ? only.Text : null;

    public string Value()
    {
        if (tag.Tokens is not [{ Type: TokenType.Path } head, .. var arguments] || TemplateWords.IsBlock(head.Text) || TemplateWords.IsLiteral(head.Text))
        {
            throw Error("A tag prints a variable or calls a helper.");
        }

        if (words.IsHelper(head.Text))
        {
            _inner.Append(head.Text);
            Arguments(arguments, keys: false);
        }
        else if (arguments.Length > 0)
        {
            throw NoHelper(head.Text);
        }
        else
        {
            Path(head.Text, printed: true);
        }

        return _inner.ToString();
    }

    public (Scope Scope, string Inner) Block()
    {
        var (head, arguments, bound) = Split();
        var scope = new Scope(tag, head, head) { Data = ScopeData.Other, Parameters = bound };
        switch (head)
        {
            case "if" or "unless" when bound.Length == 0:
                Condition(head, arguments);
                return (scope with { Data = ScopeData.Same }, _inner.ToString());
            case "each" or "with":
                _inner.Append(head);
                One(head, arguments);
                break;
            case "if" or "unless" or "else" or "as":
                throw Error($"'{head}' cannot stand here.");
            default:
                Section(head, arguments);
                scope = scope with { Emitted = TemplateWords.Section };
                break;
        }

        _inner.Append(bound.Length > 0 ? $" as |{string.Join(' ', bound.Select(TemplateWords.Parameter))}|" : "");
        return (scope, _inner.ToString());
    }

    public string Inverse()
    {
        if (tag.Tokens is not [{ Type: TokenType.Path } only] || TemplateWords.IsBlock(only.Text))
        {
            throw Error("An inverse block names one variable: {{^Name}}. Use {{#unless …}} for conditions.");
        }

        Condition("unless", [only]);
        return _inner.ToString();
    }

    public string Else()
    {
        if (tag.Tokens.Length < 2)
        {
            return "else";
        }

        if (!tag.Tokens[1].Is(TokenType.Path, "if") || scopes.Innermost.Emitted is not ("if" or "unless"))
        {
            throw Error("After an else comes nothing, or in a condition another if: {{else if …}}.");
        }

        _inner.Append("else ");
        Condition("if", tag.Tokens[2..]);
        return _inner.ToString();
    }

    public (Scope Scope, string Inner) Partial()
    {
        var arguments = tag.Tokens[1..];
        var keys = arguments.Where(a => a.Type == TokenType.Key).Select(a => a.Text).ToArray();
        _inner.Append(TemplateWords.Scope);
        var inherits = arguments is [{ Type: TokenType.Key }, ..];
        if (inherits)
        {
            _inner.Append(" this");
        }

        Arguments(arguments, keys: true);
        var data = inherits ? ScopeData.More : ScopeData.Other;
        return (new Scope(tag, TemplateWords.Scope, TemplateWords.Scope) { Data = data, Names = inherits ? keys : [] }, _inner.ToString());
    }

    private static bool IsPlain(string path) => path.AsSpan().IndexOfAny('.', '/', '[') < 0 && path[0] != '@';

    private (string Head, Token[] Arguments, string[] Bound) Split()
    {
        if (tag.Tokens is not [{ Type: TokenType.Path } head, .. var rest])
        {
            throw Error("A block begins with its name: {{#if …}}, {{#each …}}.");
        }

        return rest is [.. var arguments, { Type: TokenType.Parameters } names]
            ? (head.Text, arguments, names.Text.Split(' '))
            : (head.Text, rest, []);
    }

    private void Condition(string head, Token[] arguments)
    {
        var includesZero = arguments is [.., { Type: TokenType.Key, Text: "includeZero" }, { Type: TokenType.Path, Text: "true" }];
        _inner.Append(head);
        One(head, includesZero ? arguments[..^2] : arguments);
        _inner.Append(includesZero ? " includeZero=true" : "");
    }

    private void Section(string path, Token[] arguments)
    {
        if (arguments.Length > 0 || words.IsHelper(path))
        {
            throw Error($"There is no block '{path}'. There are: if, unless, each, with. Or name one variable: {{{{#Items}}}}.");
        }

        _inner.Append(TemplateWords.Section);
        Arguments([new Token(TokenType.Path, path)], keys: false);
    }

    private void One(string head, Token[] arguments)
    {
        var isOne = arguments.Length == 1 || (arguments is [{ Type: TokenType.Open }, .., { Type: TokenType.Close }] && Closes(arguments) == arguments.Length - 1);
        if (!isOne || arguments[0].Type is not (TokenType.Path or TokenType.Open))
        {
            throw Error($"'{head}' takes one variable or one call in parentheses.");
        }

        Arguments(arguments, keys: false);
    }

    private static int Closes(Token[] tokens)
    {
        var depth = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            depth += tokens[i].Type switch { TokenType.Open => 1, TokenType.Close => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private void Arguments(Token[] arguments, bool keys)
    {
        var depth = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            var token = arguments[i];
            var isHead = i > 0 && arguments[i - 1].Type == TokenType.Open;
            Separate(i > 0 ? arguments[i - 1].Type : null, token.Type);
            switch (token.Type)
            {
                case TokenType.Open when ++depth <= MaxParentheses:
                    _inner.Append('(');
                    break;
                case TokenType.Close when --depth >= 0 && !isHead:
                    _inner.Append(')');
                    break;
                case TokenType.Key when keys && depth == 0 && i + 1 < arguments.Length && arguments[i + 1].Type is not (TokenType.Key or TokenType.Close):
                    _inner.Append(token.Text).Append('=');
                    break;
                case TokenType.Path when isHead:
                    _inner.Append(words.IsHelper(token.Text) ? token.Text : throw NoHelper(token.Text));
                    break;
                case TokenType.Path:
                    Path(token.Text, printed: false);
                    break;
                case TokenType.Number when !isHead:
                    _inner.Append(token.Text);
                    break;
                case TokenType.Text when !isHead:
                    Text(token.Text);
                    break;
                default:
                    throw Error($"The arguments are not well formed, or parentheses stand more than {MaxParentheses} deep.");
            }
        }

        if (depth != 0)
        {
            throw Error("A parenthesis is not closed.");
        }
    }

    private void Separate(TokenType? before, TokenType type)
    {
        if (before is not (TokenType.Open or TokenType.Key) && type != TokenType.Close)
        {
            _inner.Append(' ');
        }
    }

    private void Path(string path, bool printed)
    {
        if (TemplateWords.IsLiteral(path))
        {
            _inner.Append(path);
            return;
        }

        var name = path.Split('.', '/')[0];
        if (name.StartsWith('@') && !TemplateWords.IsLoopName(name))
        {
            throw Error($"There is no '{name}'. There are: @index, @key, @first, @last, @root.");
        }

        if (scopes.Binds(name))
        {
            _inner.Append(TemplateWords.Parameter(path));
            return;
        }

        scopes.Read(path);
        _inner.Append(printed && IsPlain(path) ? path : TemplateWords.Safe(path));
    }

    private void Text(string text)
    {
        var quote = text.Contains('"', StringComparison.Ordinal) ? '\'' : '"';
        _inner.Append(quote).Append(text).Append(quote);
    }

    private TemplateException NoHelper(string name) => Error($"There is no helper '{name}'. There are: {string.Join(", ", words.Helpers)}.");

    private TemplateException Error(string problem) => file.Error(tag.Position, problem);
}

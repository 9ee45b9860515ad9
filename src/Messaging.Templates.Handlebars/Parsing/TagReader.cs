using System.Text.RegularExpressions;

namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>Reads the words of a tag. What it lets through is so plain that Handlebars cannot understand it in another way.</summary>
internal ref partial struct TagReader(TemplateFile file, int position)
{
    private const int MaxWord = 200;
    private readonly string _text = file.Text;
    private readonly List<Token> _tokens = [];
    private int _position = position;

    /// <summary>Reads up to the closing braces or the tilde before them.</summary>
    /// <returns>The words, and where the braces or the tilde stand.</returns>
    public (Token[] Tokens, int End) Read()
    {
        while (true)
        {
            var c = Peek();
            if (c is '}' or '~')
            {
                return ([.. _tokens], _position);
            }

            if (char.IsWhiteSpace(c))
            {
                _position++;
            }
            else
            {
                _tokens.Add(Next(c));
            }
        }
    }

    [GeneratedRegex(@"\G(?:\.\./)*(?:\.\.|(?:\./|@)?(?:[\p{L}_$][\p{L}\p{N}_$-]*|\[[\p{L}\p{N}_$-]+\]|\p{Nd}+)(?:[./](?:[\p{L}_$][\p{L}\p{N}_$-]*|\[[\p{L}\p{N}_$-]+\]|\p{Nd}+))*|\.)(?=[\s()=~}]|\z)")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\G-?[0-9]{1,9}(?=[\s)~}]|\z)")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\G\|\s*([\p{L}_$][\p{L}\p{N}_$]*)(?:\s+([\p{L}_$][\p{L}\p{N}_$]*))?\s*\|(?=[\s~}]|\z)")]
    private static partial Regex ParametersPattern();

    private char Peek() => _position < _text.Length ? _text[_position] : throw file.Error(_position, "A tag is not closed. Close it with }}.");

    private Token Next(char c) => c switch
    {
        '"' or '\'' => Text(c),
        '(' => Mark(TokenType.Open),
        ')' => Mark(TokenType.Close),
        '-' or (>= '0' and <= '9') => Number(),
        '|' => Parameters(),
        _ => Word(),
    };

    private Token Mark(TokenType type) => new(type, _text[_position++] == '(' ? "(" : ")");

    private Token Text(char quote)
    {
        var end = _text.IndexOf(quote, _position + 1);
        if (end < 0)
        {
            throw file.Error(_position, $"Text in a tag is not closed. Close it with {quote}.");
        }

        var text = _text[(_position + 1)..end];
        if (text.EndsWith('\\'))
        {
            throw file.Error(_position, "Text in a tag cannot have an escaped quote. Use the other kind of quotes around it.");
        }

        _position = end + 1;
        return new Token(TokenType.Text, text);
    }

    private Token Number() => Take(TokenType.Number, NumberPattern().Match(_text, _position))
        ?? throw file.Error(_position, "A number in a tag has up to nine digits and no fraction. Write others as text: \"1.50\".");

    private Token Parameters()
    {
        var match = ParametersPattern().Match(_text, _position);
        if (!match.Success || _tokens is not [.., { Type: TokenType.Path, Text: "as" }])
        {
            throw file.Error(_position, "Names of block parameters are written as: {{#each Items as |item index|}}.");
        }

        _tokens.RemoveAt(_tokens.Count - 1);
        _position += match.Length;
        return new Token(TokenType.Parameters, match.Groups[2].Success ? $"{match.Groups[1].Value} {match.Groups[2].Value}" : match.Groups[1].Value);
    }

    private Token Word()
    {
        var start = _position;
        var token = Take(TokenType.Path, PathPattern().Match(_text, _position))
            ?? throw file.Error(start, $"The character '{_text[start]}' or the name that it begins cannot stand in a tag.");
        if (token.Text.Length > MaxWord || token.Text.Split('.', '/', '[').Any(part => part.StartsWith("__", StringComparison.Ordinal)))
        {
            throw file.Error(start, $"Names have up to {MaxWord} characters and do not begin with two underscores.");
        }

        if (_position == _text.Length || _text[_position] != '=')
        {
            return token;
        }

        _position++;
        return token with { Type = TokenType.Key };
    }

    private Token? Take(TokenType type, Match match)
    {
        if (!match.Success)
        {
            return null;
        }

        _position += match.Length;
        return new Token(type, match.Value);
    }
}

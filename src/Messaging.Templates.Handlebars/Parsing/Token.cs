namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>A word of a tag.</summary>
internal readonly record struct Token(TokenType Type, string Text)
{
    public bool Is(TokenType type, string text) => Type == type && Text == text;
}

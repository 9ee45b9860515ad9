namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>The kinds of words in a tag.</summary>
internal enum TokenType
{
    /// <summary>A name or path: <c>FirstName</c>, <c>Salon.Phone</c>, <c>../Name</c>, <c>@index</c>.</summary>
    Path,

    /// <summary>Quoted text; the token holds what stands between the quotes.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>The name before an equals sign.</summary>
    Key,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing parenthesis.</summary>
    Close,

    /// <summary>The names between bars, after <c>as</c>.</summary>
    Parameters,
}

namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>A piece of a template's text.</summary>
/// <param name="Position">Where it begins in its file.</param>
internal abstract record Segment(int Position)
{
    /// <summary>What is copied as it is, with Handlebars' own escapes of braces still in it.</summary>
    internal sealed record Static(int Position, string Text) : Segment(Position);

    /// <summary>What stands between braces.</summary>
    /// <param name="Position">Where it begins in its file.</param>
    /// <param name="Type">What it is.</param>
    /// <param name="Tokens">Its words, without the mark at its beginning.</param>
    internal sealed record Tag(int Position, TagType Type, Token[] Tokens) : Segment(Position)
    {
        /// <summary>Gets a value indicating whether values are written without escapes.</summary>
        public bool Raw { get; init; }

        /// <summary>Gets a value indicating whether white space before it goes.</summary>
        public bool TrimBefore { get; init; }

        /// <summary>Gets a value indicating whether white space after it goes.</summary>
        public bool TrimAfter { get; init; }
    }
}

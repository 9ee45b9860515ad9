namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>A template in one text: layout and partials are in it, comments are not, and every tag is checked.</summary>
/// <param name="Text">What Handlebars compiles.</param>
/// <param name="Variables">The top-level variables that it reads.</param>
/// <param name="Printed">The plain names that it prints.</param>
internal sealed record FlatTemplate(string Text, IReadOnlyCollection<string> Variables, IReadOnlyCollection<string> Printed)
{
    /// <summary>Gets a value indicating whether it reads <c>@index</c> or its like, or names a loop's item.</summary>
    public bool UsesLoopNames { get; init; }
}

namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>A block that is open, and what names mean inside it.</summary>
/// <param name="Tag">Its opening tag.</param>
/// <param name="Name">The name that its closing tag repeats.</param>
/// <param name="Emitted">The name under which Handlebars knows it.</param>
internal sealed record Scope(Segment.Tag Tag, string Name, string Emitted)
{
    /// <summary>Gets what names inside it belong to.</summary>
    public ScopeData Data { get; init; } = ScopeData.Same;

    /// <summary>Gets the names of its block parameters.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Gets the names that a partial's arguments lay over the data.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Gets or sets how many conditions follow its first.</summary>
    public int ElseIfs { get; set; }

    /// <summary>Gets or sets a value indicating whether its last <c>else</c> was met, in which the data around it counts again.</summary>
    public bool Else { get; set; }
}

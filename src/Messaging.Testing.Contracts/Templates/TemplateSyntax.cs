namespace Messaging.Testing.Contracts.Templates;

/// <summary>How an engine's language says what the suite needs.</summary>
public abstract class TemplateSyntax
{
    /// <summary>Prints a variable or a path such as <c>Salon.Name</c>.</summary>
    public abstract string Print(string path);

    /// <summary>Prints a variable without escapes.</summary>
    public abstract string PrintRaw(string path);

    /// <summary>Repeats a body for each item of a list; inside, names are those of the item.</summary>
    public abstract string Each(string list, string body);

    /// <summary>Renders a body when a variable is there and true.</summary>
    public abstract string When(string path, string body);

    /// <summary>Prints an instant in a .NET format, in the recipient's zone and culture.</summary>
    public abstract string Date(string path, string format);

    /// <summary>Includes a partial.</summary>
    public abstract string Include(string partial);

    /// <summary>Gets what a layout writes where the template goes.</summary>
    public abstract string Body { get; }

    /// <summary>Gets texts that do not compile.</summary>
    public abstract IReadOnlyList<string> Broken { get; }

    /// <summary>Gets texts that try to reach .NET members, types, methods or files through the variables <c>Name</c> (text) and <c>Items</c> (a list).</summary>
    public abstract IReadOnlyList<string> Hostile { get; }

    /// <summary>Gets texts, with their partials, that would run without an end or fill the memory.</summary>
    public abstract IReadOnlyList<(string Text, IReadOnlyDictionary<string, string> Partials)> Bombs { get; }
}

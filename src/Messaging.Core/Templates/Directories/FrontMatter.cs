namespace Messaging.Templates;

/// <summary>The lines at the top of a file that say something about the template.</summary>
/// <param name="Layout">The layout's name, or none.</param>
/// <param name="Category">The category.</param>
/// <param name="Text">The file's text after these lines.</param>
internal readonly record struct FrontMatter(string? Layout, string? Category, string Text)
{
    private const string Fence = "---";

    /// <exception cref="InvalidOperationException">A line says something unknown.</exception>
    public static FrontMatter Read(string path, string text)
    {
        var lines = text.Split('\n');
        var end = lines[0].TrimEnd() == Fence ? Array.FindIndex(lines, 1, line => line.TrimEnd() == Fence) : -1;
        if (end < 0)
        {
            return new(null, null, text);
        }

        var head = new FrontMatter(null, null, string.Join('\n', lines[(end + 1)..]));
        foreach (var line in lines[1..end].Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            head = line.Split(':', 2, StringSplitOptions.TrimEntries) switch
            {
                ["layout", { Length: > 0 } layout] => head with { Layout = layout },
                ["category", { Length: > 0 } category] => head with { Category = category },
                _ => throw new InvalidOperationException($"The template file '{path}' begins with a line that says neither 'layout: name' nor 'category: name'."),
            };
        }

        return head;
    }
}

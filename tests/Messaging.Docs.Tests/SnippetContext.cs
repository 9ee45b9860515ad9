namespace Messaging.Docs;

/// <summary>The code around a snippet: a file of <c>docs/snippets/</c> with a line <c>// snippet</c> where the snippet goes.</summary>
internal static class SnippetContext
{
    private const string Hole = "// snippet";

    private static readonly string Folder = Path.Combine(Pages.Root, "docs", "snippets");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Gets the compilable text of <paramref name="snippet"/>; compiler messages keep pointing at the page.</summary>
    public static string Complete(Snippet snippet)
    {
        if (snippet.Context is null)
        {
            return $"#line {snippet.Line} \"{snippet.Page}\"\n{snippet.Code}\n";
        }

        Assert.True(Names.Contains(snippet.Context),
            $"{snippet} asks for the context '{snippet.Context}'. There are: {string.Join(", ", Names)}. Add docs/snippets/{snippet.Context}.cs.");
        var frame = File.ReadAllLines(Path.Combine(Folder, snippet.Context + ".cs"));
        var hole = Array.FindIndex(frame, line => line.Trim() == Hole);
        Assert.True(hole >= 0, $"docs/snippets/{snippet.Context}.cs has no line '{Hole}'.");

        // A snippet may open with its own usings; they belong to the top of the file.
        var code = snippet.Code.Split('\n');
        var usings = code.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal) && line.TrimEnd().EndsWith(';') || line.Trim().Length == 0).Count();
        return string.Join('\n',
        [
            $"#line {snippet.Line} \"{snippet.Page}\"", .. code.Take(usings),
            $"#line 1 \"docs/snippets/{snippet.Context}.cs\"", .. frame.Take(hole),
            $"#line {snippet.Line + usings} \"{snippet.Page}\"", .. code.Skip(usings),
            $"#line {hole + 2} \"docs/snippets/{snippet.Context}.cs\"", .. frame.Skip(hole + 1),
        ]) + "\n";
    }
}

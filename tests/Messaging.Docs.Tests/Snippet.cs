using Markdig;
using Markdig.Syntax;

namespace Messaging.Docs;

/// <summary>One fenced block of C# on a page.</summary>
/// <param name="Page">The page, as a path from the root.</param>
/// <param name="Line">The line of the first line of code, from 1.</param>
/// <param name="Fence">What stands behind the opening fence.</param>
/// <param name="Context">The name in the comment <c>snippet: name</c> above the block; <see langword="null"/> for a whole program.</param>
internal sealed record Snippet(string Page, int Line, string Fence, string? Context, string Code)
{
    private const string Marker = "snippet:";

    public static IEnumerable<Snippet> On(string page)
    {
        var document = Markdown.Parse(Pages.Read(page));
        foreach (var block in document.Descendants<FencedCodeBlock>().Where(block => IsCSharp(block.Info)))
        {
            var fence = $"{block.Info} {block.Arguments}".Trim();
            yield return new Snippet(page, block.Line + 2, fence, ContextOf(block), block.Lines.ToString());
        }
    }

    public override string ToString() => $"{Page}:{Line}";

    private static bool IsCSharp(string? info) => info?.ToLowerInvariant() is "csharp" or "cs" or "c#";

    private static string? ContextOf(FencedCodeBlock block)
    {
        var siblings = block.Parent!;
        var before = siblings.IndexOf(block) - 1;
        if (before < 0 || siblings[before] is not HtmlBlock html)
        {
            return null;
        }

        var comment = html.Lines.ToString().Trim();
        return comment.StartsWith("<!--", StringComparison.Ordinal) && comment.Contains(Marker, StringComparison.Ordinal)
            ? comment.Split(Marker)[1].Replace("-->", "", StringComparison.Ordinal).Trim()
            : null;
    }
}

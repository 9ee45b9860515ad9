using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Messaging.Docs;

/// <summary>A link inside the repository leads somewhere.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> AllPages => [.. Pages.All];

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Link_ToAFile_Exists(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Pages.Root, page))!;
        var dead = Markdown.Parse(Pages.Read(page)).Descendants<LinkInline>()
            .Select(link => link.Url!.Split('#')[0])
            .Where(url => url.Length > 0 && !url.Contains(':', StringComparison.Ordinal))
            .Where(url => !Path.Exists(Path.Combine(folder, url)));

        Assert.Empty(dead);
    }

    /// <summary>Pages that tell the way through the code name files; a file that moved must move there too.</summary>
    [Theory]
    [MemberData(nameof(AllPages))]
    public void SourceFile_NamedOnAPage_Exists(string page)
    {
        var dead = Markdown.Parse(Pages.Read(page)).Descendants<CodeInline>()
            .Select(code => code.Content)
            .Where(name => name.Contains('/', StringComparison.Ordinal) && !name.Contains(' ', StringComparison.Ordinal) && name.EndsWith(".cs", StringComparison.Ordinal))
            .Where(name => !Pages.Sources.Any(source => ("/" + source).EndsWith("/" + name, StringComparison.Ordinal)));

        Assert.True(!dead.Any(), string.Join('\n', dead));
    }
}

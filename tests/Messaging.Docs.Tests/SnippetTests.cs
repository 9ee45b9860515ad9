namespace Messaging.Docs;

/// <summary>Code on a page compiles, all of it.</summary>
public sealed class SnippetTests
{
    private static readonly Snippet[] Snippets = [.. Pages.All.SelectMany(Snippet.On)];

    public static TheoryData<string> Places => [.. Snippets.Select(snippet => snippet.ToString())];

    [Theory]
    [MemberData(nameof(Places))]
    public void Snippet_OnAPage_Compiles(string place)
    {
        var snippet = Snippets.Single(candidate => candidate.ToString() == place);

        // "csharp" and nothing behind it: no block is left out of the check.
        Assert.Equal("csharp", snippet.Fence);
        Assert.Empty(SnippetCompiler.Problems(SnippetContext.Complete(snippet)));
    }

    [Theory]
    [InlineData("var x = 1; Console.WriteLine(x);", 0)]
    [InlineData("internal sealed record Booking(string Name);", 0)]
    [InlineData("Missing.Call();", 1)]
    [InlineData("string text = null; Console.WriteLine(text);", 1)]
    public void Problems_OfText_AreWhatTheCompilerSays(string code, int expected) =>
        Assert.Equal(expected, SnippetCompiler.Problems(code).Count);

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Context_WithNothingInIt_Compiles(string context) =>
        Assert.Empty(SnippetCompiler.Problems(SnippetContext.Complete(new Snippet("empty.md", 1, "csharp", context, ""))));

    public static TheoryData<string> Contexts => [.. SnippetContext.Names];
}

namespace Messaging.Templates.Directories;

public sealed class FrontMatterTests
{
    [Theory]
    [InlineData("---\nlayout: salon\ncategory: marketing\n---\nHello", "salon", "marketing", "Hello")]
    [InlineData("---\r\nlayout: none\r\n\r\n---\r\nHello\r\n", "none", null, "Hello\r\n")]
    [InlineData("---\n---\n", null, null, "")]
    [InlineData("Hello\n---\nworld\n---\n", null, null, "Hello\n---\nworld\n---\n")]
    [InlineData("--- \nno end", null, null, "--- \nno end")]
    [InlineData("", null, null, "")]
    public void Read_File_TakesTheHeadOff(string text, string? layout, string? category, string expected) =>
        Assert.Equal(new FrontMatter(layout, category, expected), FrontMatter.Read("x.email.html", text));

    [Theory]
    [InlineData("---\nsubject: hi\n---\n")]
    [InlineData("---\nlayout\n---\n")]
    [InlineData("---\nlayout:\n---\n")]
    public void Read_UnknownLine_NamesTheFile(string text) =>
        Assert.Contains("x.email.html", Assert.Throws<InvalidOperationException>(() => FrontMatter.Read("x.email.html", text)).Message, StringComparison.Ordinal);
}

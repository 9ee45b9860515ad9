using System.Text;

namespace Messaging.Templates.Handlebars.Rendering;

public sealed class SubjectLineTests
{
    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("  Hello  ", "Hello")]
    [InlineData("a\r\nb", "a b")]
    [InlineData("a \r\n b", "a  b")]
    [InlineData("\n\ta\u0000\u007f\u0085\u2028\u2029b\n", "a b")]
    [InlineData("Żółć \u00a0—\u201e", "Żółć \u00a0—\u201e")]
    [InlineData("\r\n", "")]
    [InlineData("", "")]
    public void Copy_Text_IsOneLine(string text, string expected)
    {
        var line = new byte[100];
        var length = SubjectLine.Copy(Encoding.UTF8.GetBytes(text), line);
        Assert.Equal(expected, Encoding.UTF8.GetString(line, 0, length));
    }
}

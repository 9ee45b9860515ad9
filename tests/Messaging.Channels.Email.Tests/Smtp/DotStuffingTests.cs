using System.Text;

namespace Messaging.Channels.Email.Smtp;

public sealed class DotStuffingTests
{
    [Theory]
    [InlineData("", true, "")]
    [InlineData(".", true, "..")]
    [InlineData(".", false, ".")]
    [InlineData("a\r\n.b\r\n", true, "a\r\n..b\r\n")]
    [InlineData(".\r\n.\r\n.\r\n", true, "..\r\n..\r\n..\r\n")]
    [InlineData("..a", true, "...a")]
    [InlineData("a.\r\nb.c\r\n", true, "a.\r\nb.c\r\n")]
    public void Append_Content_DoublesDotsThatBeginALine(string text, bool atLineStart, string expected)
    {
        using var output = new SmtpBuffer(16);

        DotStuffing.Append(Encoding.Latin1.GetBytes(text), output, atLineStart);

        Assert.Equal(expected, Encoding.Latin1.GetString(output.Span));
    }

    [Fact]
    public void Append_AnyContent_HasNoEndMarkInIt()
    {
        var random = new Random(7);
        using var output = new SmtpBuffer(16);
        for (var i = 0; i < 2000; i++)
        {
            output.Clear();
            var text = string.Concat(random.GetItems<string>(["\r\n", ".", "a"], random.Next(0, 40)));

            DotStuffing.Append(Encoding.Latin1.GetBytes(text), output, atLineStart: true);

            var stuffed = "\r\n" + Encoding.Latin1.GetString(output.Span);
            Assert.DoesNotContain("\r\n.\r\n", stuffed, StringComparison.Ordinal);
            Assert.Equal("\r\n" + text, stuffed.Replace("\r\n.", "\r\n", StringComparison.Ordinal));
        }
    }
}

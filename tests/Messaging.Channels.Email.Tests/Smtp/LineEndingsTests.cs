using System.Text;

namespace Messaging.Channels.Email.Smtp;

public sealed class LineEndingsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\r\nb\r\n", "a\r\nb\r\n")]
    [InlineData("a\nb", "a\r\nb")]
    [InlineData("a\rb", "a\r\nb")]
    [InlineData("\n\n", "\r\n\r\n")]
    [InlineData("\r\r\n\n\r", "\r\n\r\n\r\n\r\n")]
    [InlineData("a\r\n.\nb", "a\r\n.\r\nb")]
    [InlineData("a\n\r\n", "a\r\n\r\n")]
    public void Normalize_Whole_EveryLineEndsInCrLf(string text, string expected)
    {
        Assert.Equal((expected, false), Normalize(text, last: true));
    }

    [Theory]
    [InlineData("a\r", "a", true)]
    [InlineData("a\nb\r", "a\r\nb", true)]
    [InlineData("\r", "", true)]
    [InlineData("a\r\n", "a\r\n", false)]
    [InlineData("a\r\r", "a\r\n", true)]
    public void Normalize_Block_HoldsBackACrAtItsEnd(string text, string expected, bool heldBack)
    {
        Assert.Equal((expected, heldBack), Normalize(text, last: false));
    }

    [Fact]
    public void Normalize_AnyMixture_AgreesWithASimpleReading()
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var text = new string(random.GetItems<char>("\r\n.ab", random.Next(0, 60)));

            var (actual, _) = Normalize(text, last: true);

            Assert.Equal(text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\r\n", StringComparison.Ordinal), actual);
        }
    }

    private static (string Text, bool HeldBack) Normalize(string text, bool last)
    {
        var buffer = new SmtpBuffer(16);
        buffer.Append(text);
        var heldBack = LineEndings.Normalize(ref buffer, last);
        var result = Encoding.Latin1.GetString(buffer.Span);
        buffer.Dispose();
        return (result, heldBack);
    }
}

namespace Messaging.Channels.Email;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("X-Campaign", true)]
    [InlineData("x!~", true)]
    [InlineData("", false)]
    [InlineData("X Campaign", false)]
    [InlineData("X:Campaign", false)]
    [InlineData("X\r\nBcc", false)]
    [InlineData("Żółć", false)]
    public void IsName_Name_IsJudged(string name, bool expected) => Assert.Equal(expected, HeaderText.IsName(name));

    [Theory]
    [InlineData("plain", false)]
    [InlineData("a\rb", true)]
    [InlineData("a\nb", true)]
    [InlineData("a\0b", true)]
    public void HasBreak_Value_IsJudged(string value, bool expected)
    {
        Assert.Equal(expected, HeaderText.HasBreak(value));
        Assert.Equal(expected, HeaderText.HasBreak(Generate.Utf8(value)));
    }
}

namespace Messaging.Channels.Email;

public sealed class UnstructuredHeaderTests
{
    [Theory]
    [InlineData("Your booking", "Subject: Your booking\r\n")]
    [InlineData("", "Subject:\r\n")]
    [InlineData("  trimmed  ", "Subject: trimmed\r\n")]
    [InlineData("two  blanks\tand a tab", "Subject: two  blanks\tand a tab\r\n")]
    [InlineData("Środa", "Subject: =?utf-8?B?xZpyb2Rh?=\r\n")]
    [InlineData("na środę, 14:00", "Subject: na =?utf-8?B?xZtyb2TEmSw=?= 14:00\r\n")]
    [InlineData("już w środę", "Subject: =?utf-8?Q?ju=C5=BC?= w =?utf-8?B?xZtyb2TEmQ==?=\r\n")]
    [InlineData("日本語 テスト", "Subject: =?utf-8?B?5pel5pys6KqeIOODhuOCueODiA==?=\r\n")]
    [InlineData("=?utf-8?Q?as_it_is?=", "Subject: =?utf-8?Q?=3D=3Futf-8=3FQ=3Fas=5Fit=5Fis=3F=3D?=\r\n")]
    public void Write_Text_IsAsItShouldBe(string text, string expected) => Assert.Equal(expected, Headers.Subject(text));

    [Fact]
    public void Write_LongAscii_IsFoldedAtBlanksOnly()
    {
        var text = string.Join(' ', Enumerable.Range(0, 40).Select(i => $"word{i}"));

        var field = Headers.Subject(text);

        Assert.All(Headers.Lines(field), line => Assert.InRange(line.Length, 1, 78));
        Assert.Equal(" " + text, Headers.Unfold(field));
    }

    [Fact]
    public void Write_WordLongerThanALine_StaysWhole()
    {
        var token = new string('t', 300);

        Assert.Equal($"Subject: token\r\n {token}\r\n after\r\n", Headers.Subject($"token {token} after"));
    }

    [Fact]
    public void Write_WordLongerThanAnyLine_IsEncoded()
    {
        var word = new string('w', 5000);

        var field = Headers.Subject(word);

        Assert.All(Headers.Lines(field), line => Assert.InRange(line.Length, 1, 78));
        Assert.Equal(" " + word, EncodedWordReader.Decode(Headers.Unfold(field)));
    }

    [Fact]
    public void Write_AnyText_ReadsBackAndKeepsTheLimits() => Generate.ForAll(Generate.Line, text =>
    {
        var field = Headers.Subject(text);

        Assert.Equal(text.Trim(' ', '\t'), EncodedWordReader.Decode(Headers.Unfold(field)).Trim(' ', '\t'));
        Assert.All(Headers.Lines(field), line => Assert.InRange(line.Length, 1, 998));
        Assert.All(Headers.Lines(field), line => Assert.True(line.Length <= 78 || !line.Trim().Contains(' ', StringComparison.Ordinal)));
        Assert.All(Headers.Lines(field).Skip(1), line => Assert.False(string.IsNullOrWhiteSpace(line)));
        Assert.True(System.Text.Ascii.IsValid(field));
    });
}

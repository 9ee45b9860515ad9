using System.Text;
using FsCheck.Fluent;

namespace Messaging.Channels.Email;

public sealed class TextPartTests
{
    [Theory]
    [InlineData("plain\n", MailTransferEncoding.SevenBit, TextEncoding.SevenBit)]
    [InlineData("plain\n", MailTransferEncoding.EightBit, TextEncoding.SevenBit)]
    [InlineData("środa, 14:00, u nas\n", MailTransferEncoding.EightBit, TextEncoding.EightBit)]
    [InlineData("środa, 14:00, u nas\n", MailTransferEncoding.SevenBit, TextEncoding.QuotedPrintable)]
    [InlineData("Привет, мир\n", MailTransferEncoding.SevenBit, TextEncoding.Base64)]
    [InlineData("日本語\n", MailTransferEncoding.EightBit, TextEncoding.EightBit)]
    [InlineData("From here on\n", MailTransferEncoding.EightBit, TextEncoding.QuotedPrintable)]
    [InlineData("so\nFrom here on\n", MailTransferEncoding.EightBit, TextEncoding.QuotedPrintable)]
    [InlineData("so\rFrom here on\n", MailTransferEncoding.EightBit, TextEncoding.QuotedPrintable)]
    [InlineData("so From here on\n", MailTransferEncoding.EightBit, TextEncoding.SevenBit)]
    [InlineData("a\n--=_boundary\n", MailTransferEncoding.EightBit, TextEncoding.QuotedPrintable)]
    [InlineData("a\0b", MailTransferEncoding.EightBit, TextEncoding.QuotedPrintable)]
    [InlineData("a\u001Bb", MailTransferEncoding.EightBit, TextEncoding.QuotedPrintable)]
    public void Of_Text_ChoosesTheCheapestThatTheWayAllows(string text, MailTransferEncoding allowed, object expected) =>
        Assert.Equal((TextEncoding)expected, TextPart.Of(Generate.Utf8(text), allowed).Encoding);

    [Theory]
    [InlineData(998, TextEncoding.SevenBit)]
    [InlineData(999, TextEncoding.QuotedPrintable)]
    public void Of_LongLine_IsEncodedBeyondTheLimit(int length, object expected)
    {
        var line = new string('x', length);

        Assert.Equal((TextEncoding)expected, TextPart.Of(Generate.Utf8(line), MailTransferEncoding.EightBit).Encoding);
        Assert.Equal((TextEncoding)expected, TextPart.Of(Generate.Utf8($"a\n{line}\nb"), MailTransferEncoding.EightBit).Encoding);
        Assert.Equal((TextEncoding)expected, TextPart.Of(Generate.Utf8($"{new string('y', 900)}\r\n{line}\r\nb"), MailTransferEncoding.EightBit).Encoding);
    }

    [Theory]
    [InlineData("a=b", "a=3Db")]
    [InlineData("żółć", "=C5=BC=C3=B3=C5=82=C4=87")]
    [InlineData("ends in a blank \nand a tab\t", "ends in a blank=20\r\nand a tab=09")]
    [InlineData("a\rb\nc\r\nd\n\n", "a\r\nb\r\nc\r\nd\r\n\r\n")]
    [InlineData("From me\nx From me", "=46rom me\r\nx From me")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456789012345", "123456789012345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234567890123456", "123456789012345678901234567890123456789012345678901234567890123456789012345=\r\n6")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234ł", "12345678901234567890123456789012345678901234567890123456789012345678901234=\r\n=C5=82")]
    public void QuotedPrintable_Text_IsAsItShouldBe(string text, string expected) =>
        Assert.Equal(expected, Write(TextEncoding.QuotedPrintable, text));

    [Fact]
    public void Plain_LineEnds_AllBecomeCrLf() => Assert.Equal("a\r\nb\r\nc\r\n\r\nd", Write(TextEncoding.EightBit, "a\rb\nc\r\n\nd"));

    [Fact]
    public void QuotedPrintable_AnyText_ReadsBackInShortLines() => Generate.ForAll(Generate.Body, text =>
    {
        var written = Write(TextEncoding.QuotedPrintable, text);

        Assert.True(Ascii.IsValid(written));
        Assert.All(written.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
        Assert.All(written.Split("\r\n"), line => Assert.False(line.EndsWith(' ') || line.EndsWith('\t') || line.StartsWith("From ", StringComparison.Ordinal)));
        Assert.Equal(WithCrLf(text), DecodeQuotedPrintable(written));
    });

    [Fact]
    public void Base64_AnyText_ReadsBackInLinesOf76() => Generate.ForAll(Generate.Body, text =>
    {
        var lines = Write(TextEncoding.Base64, text).Split("\r\n");

        Assert.All(lines[..^1], (line, index) => Assert.InRange(line.Length, index < lines.Length - 2 ? 76 : 1, 76));
        Assert.Equal(WithCrLf(text), Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(lines))));
    });

    [Fact]
    public void Write_AnyTextInPieces_IsTheSameAsAtOnce()
    {
        var cases = from text in Generate.Body from encoding in Gen.Elements(Enum.GetValues<TextEncoding>()) from budget in Gen.Choose(1, 300) select (text, encoding, budget);
        Generate.ForAll(cases, sample => Assert.Equal(
            Write(sample.encoding, sample.text),
            Write(sample.encoding, sample.text, sample.budget)));
    }

    [Fact]
    public void Write_Pieces_AreAboutAsLargeAsTheBudget()
    {
        var part = new TextPart(Generate.Utf8(new string('ł', 50_000)), TextEncoding.QuotedPrintable);
        var sizes = new List<int>();
        for (var at = 0; at < part.Length;)
        {
            sizes.Add(Headers.Write((ref OctetWriter writer) => at = part.Write(ref writer, at, 8000)).Length);
        }

        Assert.All(sizes[..^1], size => Assert.InRange(size, 8000, 8000 + 4096));
    }

    private static string Write(TextEncoding encoding, string text, int budget = int.MaxValue / 2)
    {
        var part = new TextPart(Generate.Utf8(text), encoding);
        var written = new StringBuilder();
        for (var at = 0; at < part.Length;)
        {
            var before = at;
            written.Append(Headers.Text((ref OctetWriter writer) => at = part.Write(ref writer, at, budget)));
            Assert.True(at > before, "A piece made no progress.");
        }

        return written.ToString();
    }

    private static string WithCrLf(string text) =>
        System.Text.RegularExpressions.Regex.Replace(Encoding.UTF8.GetString(Generate.Utf8(text)), "\r\n|\r|\n", "\r\n");

    private static string DecodeQuotedPrintable(string text)
    {
        var octets = new List<byte>();
        text = text.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            octets.Add(text[i] == '=' ? Convert.ToByte(text.Substring((i += 2) - 1, 2), 16) : (byte)text[i]);
        }

        return Encoding.UTF8.GetString([.. octets]);
    }
}

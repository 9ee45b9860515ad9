using System.Text;
using System.Text.RegularExpressions;

namespace Messaging.Channels.Email;

public sealed partial class ParameterWriterTests
{
    [Theory]
    [InlineData("invoice.pdf", "; filename=\"invoice.pdf\"")]
    [InlineData("my file (1).pdf", "; filename=\"my file (1).pdf\"")]
    [InlineData("żółć.pdf", "; filename*=utf-8''%C5%BC%C3%B3%C5%82%C4%87.pdf; filename=\"____.pdf\"")]
    [InlineData("a\"b\\c.txt", "; filename*=utf-8''a%22b%5Cc.txt; filename=\"a_b_c.txt\"")]
    [InlineData("what?.txt", "; filename*=utf-8''what%3F.txt; filename=\"what_.txt\"")]
    public void Write_Value_IsAsItShouldBe(string value, string expected) => Assert.Equal(expected, Unfold(Write(value)));

    [Fact]
    public void Write_LongValue_IsContinuedWithAShorterFallback()
    {
        var name = new string('n', 150) + ".pdf";

        var written = Write(name);

        Assert.StartsWith("; filename*0*=utf-8''nnn", Unfold(written), StringComparison.Ordinal);
        Assert.EndsWith($"; filename=\"{new string('n', 52)}.pdf\"", Unfold(written), StringComparison.Ordinal);
        Assert.Equal(name, Read(written));
    }

    [Fact]
    public void Write_AnyValue_ReadsBackAndKeepsTheLimits() => Generate.ForAll(Generate.Line, value =>
    {
        var written = Write(value);

        Assert.True(Ascii.IsValid(written));
        Assert.All(written.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.Equal(value, Read(written));
    });

    private static string Write(string value) => Headers.Text((ref OctetWriter writer) =>
    {
        writer.Column = "Content-Disposition: attachment".Length;
        ParameterWriter.Write(ref writer, "filename"u8, value);
    });

    private static string Unfold(string written) => written.Replace("\r\n", "", StringComparison.Ordinal);

    private static string Read(string written)
    {
        var unfolded = Unfold(written);
        var pieces = Extended().Matches(unfolded);
        if (pieces.Count == 0)
        {
            return Quoted().Match(unfolded).Groups[1].Value;
        }

        var numbers = pieces.Select(piece => piece.Groups["n"].Value).ToArray();
        Assert.Equal(numbers.Length == 1 && numbers[0].Length == 0 ? [""] : Enumerable.Range(0, numbers.Length).Select(n => $"{n}"), numbers);
        var value = string.Concat(pieces.Select(piece => piece.Groups["v"].Value));
        Assert.StartsWith("utf-8''", value, StringComparison.Ordinal);
        return Uri.UnescapeDataString(value[7..]);
    }

    [GeneratedRegex(@"; filename\*(?<n>\d*)\*?=(?<v>[^;]*)")]
    private static partial Regex Extended();

    [GeneratedRegex("^; filename=\"([^\"]*)\"$")]
    private static partial Regex Quoted();
}

namespace Messaging.Channels.Email;

public sealed class MessageIdsTests
{
    [Theory]
    [InlineData("<a@b>", true)]
    [InlineData("a@b", true)]
    [InlineData("<a@[192.0.2.1]>", true)]
    [InlineData("a", false)]
    [InlineData("<a@>", false)]
    [InlineData("<@b>", false)]
    [InlineData("<a@b", false)]
    [InlineData("a@b> <c@d", false)]
    [InlineData("a b@c", false)]
    [InlineData("ł@b", false)]
    [InlineData("a@b\r\nX: y", false)]
    [InlineData("", false)]
    public void IsValid_Id_IsJudged(string id, bool expected) => Assert.Equal(expected, MessageIds.IsValid(id));

    [Fact]
    public void Write_FewIds_KeepsAllOnShortLines()
    {
        var ids = string.Join(' ', Enumerable.Range(1, 20).Select(i => $"<message{i}@example.com>"));

        var field = Write(ids.Replace("<message3@example.com>", "message3@example.com", StringComparison.Ordinal));

        Assert.Equal(" " + ids, Headers.Unfold(field));
        Assert.All(Headers.Lines(field), line => Assert.InRange(line.Length, 1, 78));
    }

    [Fact]
    public void Write_ManyIds_DropsFromTheMiddle()
    {
        var field = Write(string.Join(' ', Enumerable.Range(1, 50).Select(i => $"<{i}@x>")));

        Assert.Equal(" <1@x> " + string.Join(' ', Enumerable.Range(32, 19).Select(i => $"<{i}@x>")), Headers.Unfold(field));
    }

    private static string Write(string ids) => Headers.Text((ref OctetWriter writer) => MessageIds.Write(ref writer, "References"u8, ids));
}

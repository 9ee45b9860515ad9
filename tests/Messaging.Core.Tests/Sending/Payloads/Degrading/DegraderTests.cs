using Messaging.Channels;

namespace Messaging.Sending;

public sealed class DegraderTests
{
    private static readonly ChannelCapabilities Plain = new() { Kind = "sms" };
    private static readonly ChannelCapabilities Rich = new() { Kind = "email", Subject = true, Html = true };

    [Theory]
    [InlineData("<p>Hello <b>Anna</b></p>", "Hello Anna")]
    [InlineData("<html><head><title>x</title><style>p{}</style></head><body><h1>Hi</h1><p>a</p><p>b</p></body></html>", "Hi\n\na\n\nb")]
    [InlineData("a<br>b<br/>c<BR />d", "a\nb\nc\nd")]
    [InlineData("<ul><li>one</li><li>two</li></ul>", "- one\n- two")]
    [InlineData("<a href=\"https://example.com/a?b=1&amp;c=2\">Cancel</a> it", "Cancel (https://example.com/a?b=1&c=2) it")]
    [InlineData("<a href='https://example.com'>https://example.com</a>", "https://example.com")]
    [InlineData("<a href=\"#top\">top</a>", "top")]
    [InlineData("<a href=https://example.com></a>", "https://example.com")]
    [InlineData("1 &lt; 2 &amp;&amp; 3&nbsp;&gt; 2 &euro;&#380;&#x17C;", "1 < 2 && 3 > 2 €żż")]
    [InlineData("1 < 2", "1 < 2")]
    [InlineData("  many \n\n  spaces\t here ", "many spaces here")]
    [InlineData("a<!-- <p>hidden</p> -->b", "ab")]
    [InlineData("a<script>if (1 < 2) { alert('</p>') }</script>b", "ab")]
    [InlineData("<img src=\"x\" alt=\"Logo\">", "Logo")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("<p title=\"a > b\">text</p>", "text")]
    [InlineData("unclosed <b", "unclosed")]
    [InlineData("<style>never ends", "")]
    [InlineData("", "")]
    [InlineData("<div>a</div><div>b</div>", "a\nb")]
    public void From_Html_ReadsLikeText(string html, string expected) => Assert.Equal(expected, HtmlText.From(html));

    [Fact]
    public async Task From_HostileHtml_EndsSoon()
    {
        var hostile = string.Concat(Enumerable.Repeat("<a href='", 50_000)) + string.Concat(Enumerable.Repeat("<", 50_000)) + string.Concat(Enumerable.Repeat("<!--", 50_000));

        Assert.NotNull(await Task.Run(() => HtmlText.From(hostile)).WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Fit_ChannelCarriesAll_CopiesNothing()
    {
        var content = new StoredContent("s", "t", "<p>h</p>");

        var fitted = Degrader.Fit(content, [], Rich);

        Assert.True(fitted.Html.Utf8.Equals(content.Html.Utf8) && fitted.Text.Utf8.Equals(content.Text.Utf8) && fitted.Subject.Utf8.Equals(content.Subject.Utf8));
    }

    [Fact]
    public void Fit_NoHtml_TakesTheTextOrMakesIt()
    {
        Assert.Equal("t", Degrader.Fit(new(default, "t", "<p>h</p>"), [], Plain).Text.ToString());
        var made = Degrader.Fit(new(default, default, "<p>h</p>"), [], Plain);
        Assert.Equal(("h", true), (made.Text.ToString(), made.Html.IsEmpty));
    }

    [Fact]
    public void Fit_NoSubject_PutsItOnTheFirstLine()
    {
        Assert.Equal("s\n\nt", Degrader.Fit(new("s", "t", default), [], Plain).Text.ToString());
        Assert.Equal("s", Degrader.Fit(new("s", default, default), [], Plain).Text.ToString());
    }

    [Fact]
    public void Fit_NoButtons_NumbersThemAndShowsTargets()
    {
        MessageAction[] actions = [new("Cancel <now>", "https://example.com/?a=1&b=2"), new("Confirm", "payload-1")];

        var text = Degrader.Fit(new(default, "Your booking\n", default), actions, Plain);
        var html = Degrader.Fit(new("s", default, "<body><p>x</p></body>"), actions, Rich);

        Assert.Equal("Your booking\n\n1. Cancel <now>: https://example.com/?a=1&b=2\n2. Confirm", text.Text.ToString());
        Assert.Equal(
            "<body><p>x</p><ol><li><a href=\"https://example.com/?a=1&amp;b=2\">Cancel &lt;now&gt;</a></li><li>Confirm</li></ol></body>", html.Html.ToString());
        Assert.True(html.Text.IsEmpty);
    }

    [Fact]
    public void Fit_ButtonsOnly_BecomeText() =>
        Assert.Equal("1. Yes", Degrader.Fit(default, [new("Yes", "1")], Plain).Text.ToString());
}

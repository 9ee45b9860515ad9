using System.Diagnostics;

namespace Messaging.Channels.Email;

public sealed class HtmlToTextTests
{
    [Fact]
    public void Convert_BookingMail_ReadsWell()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Mime", "Html", "Pages");

        var text = HtmlToText.Convert(File.ReadAllText(Path.Combine(folder, "booking.html")));

        Assert.Equal(File.ReadAllText(Path.Combine(folder, "booking.txt")), text);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("<p></p><br><img src=x>", "")]
    [InlineData("plain", "plain\n")]
    [InlineData("a &lt;b&gt; &amp; &quot;c&quot; &euro; &#x17C; &nosuch;", "a <b> & \"c\" € ż &nosuch;\n")]
    [InlineData("<p>one<p>two", "one\n\ntwo\n")]
    [InlineData("<div>one</div><div>two</div>", "one\ntwo\n")]
    [InlineData("<p>one<br>two<br><br>three</p>", "one\ntwo\n\nthree\n")]
    [InlineData("one<br><br><br><br><br>two", "one\n\n\ntwo\n")]
    [InlineData("<b>bo</b>ld <i> and </i> it", "bold and it\n")]
    [InlineData("<a href='https://x.example/a'>here</a>", "here (https://x.example/a)\n")]
    [InlineData("<a href='https://x.example/a/'>x.example/a</a>", "x.example/a\n")]
    [InlineData("<ul><li><a href='https://x.example'>https://x.example</a></ul>", "- https://x.example\n")]
    [InlineData("<a href='https://x.example'><img></a>", "https://x.example\n")]
    [InlineData("<a href=' https://x.example/\n a'>here</a>", "here (https://x.example/a)\n")]
    [InlineData("<a href=https://a.example>one<a href=https://b.example>two</a>", "one (https://a.example)two (https://b.example)\n")]
    [InlineData("<ol><li>a</li><li>b<ul><li>c<li>d</ul></li><li>e</ol>after", "1. a\n2. b\n   - c\n   - d\n3. e\n\nafter\n")]
    [InlineData("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc\n")]
    [InlineData("<table><tr><td>a</td><td><div>b</div></td></tr><tr><td>c<td>d</table>", "a\nb\nc | d\n")]
    [InlineData("<table><tr><td>a<table role=presentation><tr><td>b</table></td><td>c</td></tr></table>d", "a\nb\nc\n\nd\n")]
    [InlineData("<pre>a  b\n\n  c<b>d</b>\n</pre>e", "a  b\n\n  cd\n\ne\n")]
    [InlineData("<div style='display:none'>no<div>no</div>no</div>yes", "yes\n")]
    [InlineData("<div><span style='display:none'>no</div>yes", "yes\n")]
    [InlineData("<p style='max-height:0px'>no<p>yes", "yes\n")]
    [InlineData("<p style='max-height:0.5em'>yes", "yes\n")]
    [InlineData("<p style='MSO-HIDE: ALL'>no</p>yes", "yes\n")]
    [InlineData("<style><p>no</p></style><title><b>no</b></title>yes<script>'</p>'</script>", "yes\n")]
    [InlineData("<svg><path/><text>no</text></svg>yes", "yes\n")]
    [InlineData("</p></div></table>yes</li>", "yes\n")]
    [InlineData("a<!-- no --><!>b<![CDATA[c]]>", "ab\n")]
    [InlineData("<p>open <b", "open\n")]
    [InlineData("👩‍👩‍👧 می‌خواهم", "👩‍👩‍👧 می‌خواهم\n")]
    [InlineData("a\u0007b\0c", "abc\n")]
    public void Convert_Fragment_IsLaidOut(string html, string expected) => Assert.Equal(expected, HtmlToText.Convert(html));

    [Theory]
    [InlineData("<div>")]
    [InlineData("<ul><li>")]
    [InlineData("<blockquote>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<b><p>")]
    [InlineData("<i hidden>")]
    [InlineData("<a href=https://x.example>")]
    [InlineData("<pre>")]
    [InlineData("<!--")]
    [InlineData("<script></scrip")]
    [InlineData("&amp")]
    public void Convert_EndlessNesting_TakesTimeByLengthOnly(string piece)
    {
        var watch = Stopwatch.StartNew();

        HtmlToText.Convert(string.Concat(Enumerable.Repeat(piece, 30_000)) + "x");

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "The time grew with more than the length.");
    }

    [Fact]
    public void Convert_AnyText_NeverThrows() => Generate.ForAll(Generate.Hostile, text =>
    {
        HtmlToText.Convert(text);
        HtmlToText.Convert($"<table><{text}><td style=\"{text}\">{text}</{text}>");
    }, 2000);
}

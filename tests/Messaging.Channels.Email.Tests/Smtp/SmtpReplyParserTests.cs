using System.Text;

namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpReplyParserTests
{
    [Theory]
    [InlineData("250 2.1.0 Ok", 250, "2.1.0", "Ok")]
    [InlineData("250", 250, null, "")]
    [InlineData("250 ", 250, null, "")]
    [InlineData("550 5.1.1 <anna@example.com>: Recipient address rejected", 550, "5.1.1", "<[address]>: Recipient address rejected")]
    [InlineData("550-5.1.1 The email account that you tried to reach\n550 5.1.1 does not exist", 550, "5.1.1", "The email account that you tried to reach does not exist")]
    [InlineData("550 4.1.1 wrong class", 550, null, "4.1.1 wrong class")]
    [InlineData("550 5.1 not a code", 550, null, "5.1 not a code")]
    [InlineData("550 5.7.515 Access denied", 550, "5.7.515", "Access denied")]
    [InlineData("550 5.1.1234 too long", 550, null, "5.1.1234 too long")]
    [InlineData("421 4.7.0", 421, "4.7.0", "")]
    [InlineData("550 caf\u00e9\t\u001b[31m", 550, null, "caf????[31m")]
    [InlineData("550 for anna@example.com, \"bob@example.com\" and mailto:eve@example.com", 550, null, "for [address], \"[address]\" and mailto:[address]")]
    public void Add_Lines_GiveOneReply(string lines, int code, string? enhanced, string text)
    {
        var reply = Parse(new SmtpReplyParser { HasEnhancedCodes = true }, lines, keepText: true);

        Assert.Equal((code, enhanced, text), (reply!.Code, reply.EnhancedCode?.ToString(), reply.Text));
    }

    [Fact]
    public void Add_EnhancedCodesNotAnnounced_AreText()
    {
        var reply = Parse(new SmtpReplyParser(), "550 5.1.1 no", keepText: true);

        Assert.Null(reply!.EnhancedCode);
        Assert.Equal("5.1.1 no", reply.Text);
    }

    [Fact]
    public void Add_LongText_IsCut()
    {
        var reply = Parse(new SmtpReplyParser(), string.Join('\n', Enumerable.Repeat("550-" + new string('x', 150), 5)) + "\n550 end", keepText: true);

        Assert.Equal(200, reply!.Text.Length);
    }

    [Fact]
    public void Add_AddressAtTheCut_IsNotLeftInHalf()
    {
        var reply = Parse(new SmtpReplyParser(), "550 " + new string('x', 190) + " anna@example.com", keepText: true);

        Assert.DoesNotContain("anna", reply!.Text, StringComparison.Ordinal);
        Assert.Equal(200, reply.Text.Length);
    }

    [Fact]
    public void Add_SamePositiveReplies_AreOneObjectWithoutText()
    {
        var parser = new SmtpReplyParser { HasEnhancedCodes = true };

        var first = Parse(parser, "250 2.1.5 <anna@example.com> fine", keepText: false);
        var second = Parse(parser, "250 2.1.5 <bob@example.com> fine", keepText: false);

        Assert.Same(first, second);
        Assert.Equal("", first!.Text);
    }

    [Theory]
    [InlineData("25")]
    [InlineData("abc")]
    [InlineData("250+x")]
    [InlineData("150 no")]
    [InlineData("600 no")]
    [InlineData("-25 x")]
    [InlineData("+25 x")]
    [InlineData("250-a\n251 b")]
    public void Add_NotAReply_Throws(string lines)
    {
        var e = Assert.Throws<SmtpDialogueException>(() => Parse(new SmtpReplyParser(), lines, keepText: true));

        Assert.Equal(MailFailureKind.Protocol, e.Failure.Kind);
    }

    [Fact]
    public void Add_HelloLines_AreHeardWithoutTheFirst()
    {
        var server = new SmtpCapabilities();

        Parse(new SmtpReplyParser { Hello = server }, "250-DSN.example.com\n250-PIPELINING\n250 SIZE 100", keepText: true);

        Assert.True(server.Pipelining);
        Assert.False(server.Dsn);
        Assert.Equal(100, server.MaxSize);
    }

    private static SmtpReply? Parse(SmtpReplyParser parser, string lines, bool keepText)
    {
        SmtpReply? reply = null;
        foreach (var line in lines.Split('\n'))
        {
            Assert.Null(reply);
            reply = parser.Add(Encoding.UTF8.GetBytes(line), keepText);
        }

        return reply;
    }
}

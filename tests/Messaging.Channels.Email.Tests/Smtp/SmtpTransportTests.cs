using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpTransportTests
{
    [Fact]
    public async Task SendAsync_PlainServer_DeliversCommandByCommand()
    {
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test"));

        Mail.AssertAccepted(result);
        Assert.Equal(250, result.Reply!.Code);
        Assert.Equal(["EHLO client.test", "MAIL FROM:<sender@example.test>", "RCPT TO:<anna@example.test>", "RCPT TO:<bob@example.test>", "DATA"], server.Commands);
        Assert.Equal(Mail.Small, Assert.Single(server.Mails).Text);
    }

    [Fact]
    public async Task SendAsync_ServerKnowsOnlyHelo_Delivers()
    {
        await using var server = new SimpleSmtpServer();
        server.Answer = (_, command) => command.StartsWith("EHLO", StringComparison.Ordinal) ? "502 5.5.1 What?" : null;
        await using var transport = Mail.Transport(server.Port);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        Assert.Contains("HELO client.test", server.Commands);
    }

    [Fact]
    public async Task SendAsync_ServerWithoutEightBitMime_AsksForSevenBit()
    {
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port);
        var content = Mail.Content();

        await transport.SendAsync(Mail.To("anna@example.test"), content);

        Assert.Equal([MailTransferEncoding.SevenBit], content.Encodings);
    }

    [Theory]
    [InlineData("caf\u00e9", " BODY=8BITMIME")]
    [InlineData("coffee", "")]
    public async Task SendAsync_ServerWithEightBitMime_DeclaresBodyOnlyWhenItIs(string text, string expected)
    {
        await using var server = new SimpleSmtpServer("8BITMIME");
        await using var transport = Mail.Transport(server.Port);
        var content = Mail.Content($"Subject: x\r\n\r\n{text}\r\n");

        await transport.SendAsync(Mail.To("anna@example.test"), content);

        Assert.Contains($"MAIL FROM:<sender@example.test>{expected}", server.Commands);
        Assert.Equal([MailTransferEncoding.EightBit], content.Encodings);
        Assert.Equal(content.Text, Assert.Single(server.Mails).Text);
    }

    [Fact]
    public async Task SendAsync_SmallMail_DeclaresItsExactSize()
    {
        await using var server = new SimpleSmtpServer("SIZE 1000");
        await using var transport = Mail.Transport(server.Port);

        await transport.SendAsync(Mail.To("anna@example.test"));

        Assert.Contains($"MAIL FROM:<sender@example.test> SIZE={Mail.Small.Length}", server.Commands);
    }

    [Fact]
    public async Task SendAsync_LargerThanSize_IsRefusedHereAndTheNextGoesThrough()
    {
        await using var server = new SimpleSmtpServer("SIZE 100", "PIPELINING");
        await using var transport = Mail.Transport(server.Port);

        var large = await transport.SendOneAsync(Mail.Content(new string('x', 200)));
        var small = await transport.SendAsync(Mail.To("anna@example.test"));

        Assert.Equal(MailRecipientStatus.Refused, large.Status);
        Assert.Equal(MailFailureKind.TooLarge, large.Failure!.Kind);
        Assert.Contains("202", large.Failure.Why, StringComparison.Ordinal);
        Assert.Equal(new MailVerdict(MailDisposition.Permanent, MailReason.TooLarge, MailScope.Message), large.Verdict);
        Mail.AssertAccepted(small);
        Assert.Equal(1, server.Connections);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task SendAsync_NullReturnPath_IsWrittenAsAngleBrackets()
    {
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port);

        await transport.SendAsync(Mail.To("anna@example.test") with { From = "" });

        Assert.Contains("MAIL FROM:<>", server.Commands);
    }

    [Fact]
    public async Task SendAsync_DsnWanted_IsWrittenOnlyWhenOffered()
    {
        var envelope = new MailEnvelope
        {
            From = "sender@example.test", EnvelopeId = "a+b=c", Return = DsnReturn.Headers,
            Recipients =
            [
                new MailRecipient("anna@example.test") { Notify = DsnNotify.Success | DsnNotify.Failure, OriginalRecipient = "old+anna@example.test" },
                new MailRecipient("bob@example.test") { Notify = DsnNotify.Never | DsnNotify.Delay },
            ],
        };
        await using var with = new SimpleSmtpServer("DSN");
        await using var without = new SimpleSmtpServer();
        await using var transportWith = Mail.Transport(with.Port);
        await using var transportWithout = Mail.Transport(without.Port);

        await transportWith.SendAsync(envelope);
        await transportWithout.SendAsync(envelope);

        Assert.Contains("MAIL FROM:<sender@example.test> RET=HDRS ENVID=a+2Bb+3Dc", with.Commands);
        Assert.Contains("RCPT TO:<anna@example.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;old+2Banna@example.test", with.Commands);
        Assert.Contains("RCPT TO:<bob@example.test> NOTIFY=NEVER", with.Commands);
        Assert.Contains("RCPT TO:<anna@example.test>", without.Commands);
    }

    [Fact]
    public async Task SendAsync_InternationalAddresses_UseSmtpUtf8OrAreRefusedOneByOne()
    {
        await using var with = new SimpleSmtpServer("8BITMIME", "SMTPUTF8");
        await using var without = new SimpleSmtpServer("8BITMIME");
        await using var transportWith = Mail.Transport(with.Port);
        await using var transportWithout = Mail.Transport(without.Port);
        var envelope = Mail.To("żółw@example.test", "anna@żółw.test");

        Mail.AssertAccepted(await transportWith.SendAsync(envelope));
        var result = await transportWithout.SendAsync(envelope);

        Assert.Contains("MAIL FROM:<sender@example.test> BODY=8BITMIME SMTPUTF8", with.Commands);
        Assert.Contains("RCPT TO:<żółw@example.test>", with.Commands);
        Assert.Equal(MailFailureKind.NeedsSmtpUtf8, result.Recipients[0].Failure!.Kind);
        Assert.Equal(MailRecipientStatus.Accepted, result.Recipients[1].Status);
        Assert.Equal(["RCPT TO:<anna@xn--w-uga1v8h.test>"], Assert.Single(without.Mails).Recipients);
    }

    [Fact]
    public async Task SendAsync_HeaderNeedsSmtpUtf8ButServerHasNone_IsRefusedForAll()
    {
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync(new TextContent(Mail.Small) { RequiresSmtpUtf8 = true });

        Assert.Equal(MailFailureKind.NeedsSmtpUtf8, result.Failure!.Kind);
        Assert.Equal(MailScope.Message, result.Verdict.Scope);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a\r\nDATA@example.test")]
    [InlineData("a@example.test>\r\nRCPT TO:<b@example.test")]
    [InlineData("a@example.test\0")]
    [InlineData("a>b@example.test")]
    [InlineData("nobody")]
    [InlineData("")]
    public async Task SendAsync_RecipientThatCouldBreakTheCommand_NeverReachesTheServer(string address)
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To(address, "anna@example.test"));

        Assert.Equal(MailFailureKind.InvalidAddress, result.Recipients[0].Failure!.Kind);
        Assert.Equal(new MailVerdict(MailDisposition.Permanent, MailReason.InvalidAddress, MailScope.Address), result.Recipients[0].Verdict);
        Assert.Equal(MailRecipientStatus.Accepted, result.Recipients[1].Status);
        Assert.Equal(["RCPT TO:<anna@example.test>"], Assert.Single(server.Mails).Recipients);
    }

    [Fact]
    public async Task SendAsync_SenderThatCouldBreakTheCommand_IsRefused()
    {
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To("anna@example.test") with { From = "a@b.test> SIZE=1\r\nRSET" });

        Assert.Equal(MailScope.Sender, Assert.Single(result.Recipients).Verdict.Scope);
        Assert.Equal(["EHLO client.test"], server.Commands);
    }

    [Fact]
    public async Task SendAsync_DotsAndBareLineEnds_ArriveAsWrittenAndRepaired()
    {
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port);

        await transport.SendOneAsync(Mail.Content(".first\r\n.\r\n..two\nbare\r.\n.\rlast"));

        Assert.Equal(".first\r\n.\r\n..two\r\nbare\r\n.\r\n.\r\nlast\r\n", Assert.Single(server.Mails).Text);
    }

    [Fact]
    public async Task SendAsync_ContentThrows_FailsThatMailOnly()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        await using var transport = Mail.Transport(server.Port);
        var broken = new BlockContent(1, []) { Before = _ => throw new FileNotFoundException("C:/secret.pdf") };

        var result = await transport.SendOneAsync(broken);
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        Assert.Equal(MailRecipientStatus.NotSent, result.Status);
        Assert.Equal(MailFailureKind.Content, result.Failure!.Kind);
        Assert.DoesNotContain("secret", result.Failure.Why, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task SendAsync_NoRecipients_Throws()
    {
        await using var transport = Mail.Transport(1);

        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(Mail.To()));
    }

    [Fact]
    public async Task SendAsync_Disposed_Throws()
    {
        var transport = Mail.Transport(1);
        await transport.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => transport.SendAsync(Mail.To("anna@example.test")));
    }

    [Fact]
    public void Constructor_InvalidOptions_NamesEveryProblem()
    {
        var e = Assert.Throws<ArgumentException>(() => new SmtpTransport(new SmtpOptions { Host = "a b", MaxConnections = 0 }));

        Assert.Contains("SmtpOptions.Host", e.Message, StringComparison.Ordinal);
        Assert.Contains("SmtpOptions.MaxConnections is 0; it must be between 1 and 256.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProtocolLog_Dialogue_ShowsCommandsAndRepliesWithoutContent()
    {
        var log = new ListLog();
        await using var server = new SimpleSmtpServer("PIPELINING");
        await using var transport = Mail.Transport(server.Port, options => options.ProtocolLog = log);

        await transport.SendAsync(Mail.To("anna@example.test"));

        Assert.Contains("C: RCPT TO:<anna@example.test>", log.Lines);
        Assert.Contains("S: 354 End data with <CR><LF>.<CR><LF>", log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains("How are you", StringComparison.Ordinal));
    }
}

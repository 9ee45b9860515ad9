using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpRecipientTests
{
    public static TheoryData<string[]> Dialects { get; } = new([[], ["PIPELINING"], ["PIPELINING", "CHUNKING"], ["CHUNKING"]]);

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_SomeRefused_EachHasItsOwnResult(string[] extensions)
    {
        await using var server = new SimpleSmtpServer([.. extensions, "ENHANCEDSTATUSCODES"]);
        server.Answer = (_, command) => command switch
        {
            "RCPT TO:<gone@example.test>" => "550 5.1.1 <gone@example.test>: user unknown",
            "RCPT TO:<full@example.test>" => "452-4.2.2 mailbox\r\n452 4.2.2 full",
            _ => null,
        };
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To("gone@example.test", "anna@example.test", "full@example.test", "bob@example.test"));

        Assert.Equal(
            [MailRecipientStatus.Refused, MailRecipientStatus.Accepted, MailRecipientStatus.Refused, MailRecipientStatus.Accepted],
            result.Recipients.Select(recipient => recipient.Status));
        Assert.False(result.IsAccepted);
        Assert.Equal("550 5.1.1 <[address]>: user unknown", result.Recipients[0].Reply!.ToString());
        Assert.Equal("452 4.2.2 mailbox full", result.Recipients[2].Reply!.ToString());
        Assert.Equal(new MailVerdict(MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address), result.Recipients[0].Verdict);
        Assert.Equal(new MailVerdict(MailDisposition.Retry, MailReason.MailboxFull, MailScope.Address), result.Recipients[2].Verdict);
        Assert.Equal(["RCPT TO:<anna@example.test>", "RCPT TO:<bob@example.test>"], Assert.Single(server.Mails).Recipients);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_SenderRefused_IsEveryRecipientsResult(string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        server.Answer = (_, command) => command.StartsWith("MAIL", StringComparison.Ordinal) ? "553 not yours" : null;
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test"));

        Assert.All(result.Recipients, recipient =>
        {
            Assert.Equal(SmtpStage.Sender, recipient.Stage);
            Assert.Equal(new MailVerdict(MailDisposition.Permanent, MailReason.SenderRejected, MailScope.Sender), recipient.Verdict);
        });
        Assert.Empty(server.Mails);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_ContentRefused_IsEveryAcceptedRecipientsResult(string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        server.Answer = (_, command) => command == "." ? "554 5.7.1 spam" : null;
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test"));
        server.Answer = (_, _) => null;
        var next = await transport.SendAsync(Mail.To("anna@example.test"));

        Assert.All(result.Recipients, recipient => Assert.Equal((SmtpStage.Content, 554), (recipient.Stage, recipient.Reply!.Code)));
        Assert.Equal(new MailVerdict(MailDisposition.Permanent, MailReason.PolicyRejected, MailScope.Message), result.Recipients[0].Verdict);
        Mail.AssertAccepted(next);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_DataRefused_IsEveryAcceptedRecipientsResult(string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        server.Answer = (_, command) => command is "DATA" or "." ? "451 4.3.0 try later" : null;
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailRecipientStatus.Refused, result.Status);
        Assert.Equal(new MailVerdict(MailDisposition.Retry, MailReason.ServerUnavailable, MailScope.Account), new MailRecipientResult(
            result.Status, result.Stage, new SmtpReply(451, new EnhancedStatusCode(4, 3, 0), "")).Verdict);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_ServerTakesOnlyThree_SendsTheRestAtOnce(string[] extensions)
    {
        await using var server = new SimpleSmtpServer([.. extensions, "ENHANCEDSTATUSCODES"]);
        var count = 0;
        server.Answer = (_, command) =>
        {
            count = command.StartsWith("MAIL", StringComparison.Ordinal) ? 0 : count;
            return command.StartsWith("RCPT", StringComparison.Ordinal) && ++count > 3 ? "452 4.5.3 too many recipients" : null;
        };
        await using var transport = Mail.Transport(server.Port);
        var content = Mail.Content();

        var result = await transport.SendAsync(Mail.To([.. Enumerable.Range(0, 8).Select(i => $"user{i}@example.test")]), content);

        Mail.AssertAccepted(result);
        Assert.Equal([3, 3, 2], server.Mails.Select(mail => mail.Recipients.Count));
        Assert.Equal(8, server.Mails.SelectMany(mail => mail.Recipients).Distinct().Count());
        Assert.Equal(3, content.Encodings.Count);
    }

    [Fact]
    public async Task SendAsync_ServerTakesNobody_DoesNotTryForever()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.Answer = (_, command) => command.StartsWith("RCPT", StringComparison.Ordinal) ? "452 4.5.3 too many recipients" : null;
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test"));

        Assert.All(result.Recipients, recipient =>
            Assert.Equal(new MailVerdict(MailDisposition.Retry, MailReason.TooManyRecipients, MailScope.Message), recipient.Verdict));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_MoreThanTheLimitOfATransaction_AreSplit(string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        await using var transport = Mail.Transport(server.Port, options => options.MaxRecipientsPerTransaction = 4);

        var result = await transport.SendAsync(Mail.To([.. Enumerable.Range(0, 10).Select(i => $"user{i}@example.test")]));

        Mail.AssertAccepted(result);
        Assert.Equal([4, 4, 2], server.Mails.Select(mail => mail.Recipients.Count));
    }

    [Fact]
    public async Task SendAsync_SplitMailsSideBySide_AllArrive()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        await using var transport = Mail.Transport(server.Port, options => (options.MaxRecipientsPerTransaction, options.MaxConnections) = (2, 1));
        string[] recipients = [.. Enumerable.Range(0, 5).Select(i => $"user{i}@example.test")];

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => transport.SendAsync(Mail.To(recipients), Mail.Content($"N: {i}\r\n\r\n"))));

        Assert.All(results, Mail.AssertAccepted);
        Assert.All(server.Mails.GroupBy(mail => mail.Text), group => Assert.Equal(5, group.Sum(mail => mail.Recipients.Count)));
        Assert.Equal(30, server.Mails.Count);
    }
}

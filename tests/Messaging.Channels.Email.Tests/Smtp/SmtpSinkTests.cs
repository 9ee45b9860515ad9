using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

/// <summary>Volume, and failures at every command, against Postfix's smtp-sink.</summary>
public sealed class SmtpSinkTests
{
    [Fact]
    public async Task SendAsync_TenThousand_AreAllAccepted()
    {
        await using var sink = await SmtpSink.StartAsync();
        await using var transport = Mail.Transport(sink.Port);
        var content = Mail.Content("Subject: x\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('y', 76) + "\r\n", 100)));
        var left = 10_000;
        var accepted = 0;

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var result = await transport.SendAsync(Mail.To("anna@example.test"), new TextContent(content.Text));
                Interlocked.Add(ref accepted, result.IsAccepted ? 1 : 0);
            }
        })));

        Assert.Equal(10_000, accepted);
    }

    [Theory]
    [InlineData("-f", "mail", MailDisposition.Permanent, SmtpStage.Sender)]
    [InlineData("-f", "rcpt", MailDisposition.Permanent, SmtpStage.Recipient)]
    [InlineData("-f", "data", MailDisposition.Permanent, SmtpStage.Data)]
    [InlineData("-f", ".", MailDisposition.Permanent, SmtpStage.Content)]
    [InlineData("-r", "mail", MailDisposition.Retry, SmtpStage.Sender)]
    [InlineData("-r", "rcpt", MailDisposition.Retry, SmtpStage.Recipient)]
    [InlineData("-r", "data", MailDisposition.Retry, SmtpStage.Data)]
    [InlineData("-r", ".", MailDisposition.Retry, SmtpStage.Content)]
    [InlineData("-q", "mail", MailDisposition.NotSent, SmtpStage.Sender)]
    [InlineData("-q", "rcpt", MailDisposition.NotSent, SmtpStage.Recipient)]
    [InlineData("-q", "data", MailDisposition.NotSent, SmtpStage.Data)]
    [InlineData("-q", ".", MailDisposition.Unconfirmed, SmtpStage.Content)]
    [InlineData("-Q", "mail", MailDisposition.Retry, SmtpStage.Sender)]
    [InlineData("-Q", "rcpt", MailDisposition.Retry, SmtpStage.Recipient)]
    [InlineData("-Q", "data", MailDisposition.Retry, SmtpStage.Data)]
    [InlineData("-Q", ".", MailDisposition.Retry, SmtpStage.Content)]
    public async Task SendAsync_FailureInjected_IsUnderstoodWithAndWithoutPipelining(string kind, string command, MailDisposition disposition, SmtpStage stage)
    {
        await using var sink = await SmtpSink.StartAsync(kind, command);
        foreach (var pipelining in new[] { true, false })
        {
            await using var transport = Mail.Transport(sink.Port, options => options.Pipelining = pipelining);

            var result = await transport.SendOneAsync();

            Assert.Equal((disposition, stage), (result.Verdict.Disposition, result.Stage));
        }
    }

    [Theory]
    [InlineData("-f", "connect", MailDisposition.NotSent)]
    [InlineData("-r", "connect", MailDisposition.Retry)]
    [InlineData("-q", "ehlo", MailDisposition.NotSent)]
    public async Task SendAsync_FailureBeforeAnyMail_IsNotSent(string kind, string command, MailDisposition disposition)
    {
        await using var sink = await SmtpSink.StartAsync(kind, command);
        await using var transport = Mail.Transport(sink.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal((MailRecipientStatus.NotSent, disposition), (result.Status, result.Verdict.Disposition));
    }

    [Fact]
    public async Task SendAsync_ServerWithoutExtensions_StillDelivers()
    {
        await using var sink = await SmtpSink.StartAsync("-e", "-8", "-p", "-N", "-E");
        await using var transport = Mail.Transport(sink.Port);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test")));
    }
}

using System.Globalization;
using System.Text;
using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

/// <summary>The client against a real Postfix, down to the file in the mailbox.</summary>
public sealed class PostfixTests(PostfixFixture fixture) : IClassFixture<PostfixFixture>
{
    private PostfixServer Server => fixture.Server;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task SendAsync_OverStartTls_IsDeliveredAsWritten(bool pipelining, bool chunking)
    {
        var id = Guid.NewGuid().ToString("N");
        await using var transport = Transport(options => (options.Pipelining, options.Chunking) = (pipelining, chunking));
        const string Complete = "From: sender@example.test\r\nTo: anna@example.test\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n";
        var text = $"Subject: {id}\r\nMessage-ID: <{id}@example.test>\r\n{Complete}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + ".\r\n..two\r\nzażółć gęślą\r\nbare\nline\r\n" + new string('x', 900) + "\r\n";

        var result = await transport.SendAsync(Mail.To("anna@example.test"), Utf8(text));
        var delivered = await DeliveredAsync("anna", id);

        Mail.AssertAccepted(result);
        Assert.Contains("queued as", result.Reply!.Text, StringComparison.Ordinal);
        Assert.Equal(text.ReplaceLineEndings("\n"), delivered[delivered.IndexOf("Subject:", StringComparison.Ordinal)..]);
        Assert.Contains("Return-Path: <sender@example.test>", delivered, StringComparison.Ordinal);
        Assert.Contains("with ESMTPS", delivered, StringComparison.Ordinal);
        Assert.Contains("X-Original-To: anna@example.test", delivered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_InternationalRecipient_IsDeliveredWithSmtpUtf8()
    {
        var id = Guid.NewGuid().ToString("N");
        await using var transport = Transport();

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("żółw@example.test"), Mail.Content($"Subject: {id}\r\n\r\nhi\r\n")));

        Assert.Contains("with UTF8SMTP", await DeliveredAsync("zolw", id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_UnknownRecipientAmongOthers_IsRefusedAlone()
    {
        var id = Guid.NewGuid().ToString("N");
        await using var transport = Transport();

        var result = await transport.SendAsync(Mail.To("anna@example.test", "nobody@example.test", "bob@example.test"), Mail.Content($"Subject: {id}\r\n\r\nhi\r\n"));

        Assert.Equal([MailRecipientStatus.Accepted, MailRecipientStatus.Refused, MailRecipientStatus.Accepted], result.Recipients.Select(r => r.Status));
        Assert.Equal(new MailVerdict(MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address), result.Recipients[1].Verdict);
        Assert.Equal(new EnhancedStatusCode(5, 1, 1), result.Recipients[1].Reply!.EnhancedCode);
        Assert.DoesNotContain("nobody@", result.Recipients[1].ToString(), StringComparison.Ordinal);
        await DeliveredAsync("anna", id);
        await DeliveredAsync("bob", id);
    }

    [Fact]
    public async Task SendAsync_NobodyKnown_ThenTheNextOnTheSameConnection()
    {
        var id = Guid.NewGuid().ToString("N");
        await using var transport = Transport(options => options.MaxConnections = 1);

        var refused = await transport.SendAsync(Mail.To("nobody@example.test"));
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test"), Mail.Content($"Subject: {id}\r\n\r\nhi\r\n")));

        Assert.Equal(550, refused.Recipients[0].Reply!.Code);
        await DeliveredAsync("anna", id);
    }

    [Fact]
    public async Task SendAsync_SuccessNoticeWanted_ComesBackWithTheEnvelopeId()
    {
        var id = Guid.NewGuid().ToString("N");
        await using var transport = Transport();
        var envelope = new MailEnvelope
        {
            From = "sender@example.test", EnvelopeId = id, Return = DsnReturn.Headers,
            Recipients = [new MailRecipient("anna@example.test") { Notify = DsnNotify.Success, OriginalRecipient = "old@example.test" }],
        };

        Mail.AssertAccepted(await transport.SendAsync(envelope, Mail.Content("Subject: notice\r\n\r\nhi\r\n")));
        var notice = await DeliveredAsync("sender", id);

        Assert.Contains("Original-Envelope-Id: " + id, notice, StringComparison.Ordinal);
        Assert.Contains("Original-Recipient: rfc822;old@example.test", notice, StringComparison.Ordinal);
        Assert.Contains("Action: delivered", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_LargerThanItTakes_IsRefusedHereWithBothNumbers()
    {
        await using var transport = Transport();

        var result = await transport.SendOneAsync(new BlockContent(1000, new byte[64 * 1024]) { EstimatedSize = 65_536_000 });

        Assert.Equal(MailFailureKind.TooLarge, result.Failure!.Kind);
        Assert.Contains("65536000", result.Failure.Why, StringComparison.Ordinal);
        Assert.Contains(PostfixServer.SizeLimit.ToString(CultureInfo.InvariantCulture), result.Failure.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_TenMegabytes_AreStreamedAndDelivered()
    {
        var id = Guid.NewGuid().ToString("N");
        await using var transport = Transport();
        var line = new string('a', 998) + "\r\n";
        var blocks = new PartsContent([$"Subject: {id}\r\n\r\n", .. Enumerable.Repeat(string.Concat(Enumerable.Repeat(line, 64)), 160)]);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("bob@example.test"), blocks));
        var delivered = await DeliveredAsync("bob", id);

        Assert.Equal(160 * 64, delivered.Split('\n').Count(text => text.Length == 998 && text.AsSpan().IndexOfAnyExcept('a') < 0));
    }

    [Fact]
    public async Task SendAsync_ManyAtOnce_AllArriveOnce()
    {
        var id = Guid.NewGuid().ToString("N");
        await using var transport = Transport(options => options.MaxConnections = 4);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            transport.SendAsync(Mail.To("bob@example.test"), Mail.Content($"Subject: many {id} {i}.\r\n\r\nhi\r\n"))));

        Assert.All(results, Mail.AssertAccepted);
        var delivered = await Server.WaitForAsync("bob", mails => mails.Count(mail => mail.Contains($"many {id}", StringComparison.Ordinal)) >= 200);
        var numbers = delivered.Where(mail => mail.Contains($"many {id}", StringComparison.Ordinal)).Select(mail => mail.Split($"many {id} ")[1].Split('.')[0]);
        Assert.Equal(200, numbers.Distinct().Count());
        Assert.Equal(200, numbers.Count());
    }

    [Fact]
    public async Task SendAsync_SmuggledSecondMail_StaysPartOfTheFirst()
    {
        var id = Guid.NewGuid().ToString("N");
        await using var transport = Transport();
        var smuggled = $"Subject: {id}\r\n\r\nhi\n.\nMAIL FROM:<evil@example.test>\nRCPT TO:<bob@example.test>\nDATA\nSubject: smuggled {id}\n\nboo\r.\r\n";

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test"), Mail.Content(smuggled)));
        var delivered = await DeliveredAsync("anna", id);

        Assert.Contains($"\nSubject: smuggled {id}\n", delivered, StringComparison.Ordinal);
        Assert.DoesNotContain(await Server.ReadAllAsync("bob"), mail => mail.Contains($"smuggled {id}", StringComparison.Ordinal));
    }

    private SmtpTransport Transport(Action<SmtpOptions>? configure = null) => Mail.Transport(Server.Port, options =>
    {
        options.Security = SmtpSecurity.StartTls;
        options.TrustedRoots = Server.Certificate.Roots;
        configure?.Invoke(options);
    });

    private async Task<string> DeliveredAsync(string mailbox, string id)
    {
        var all = await Server.WaitForAsync(mailbox, mails => mails.Any(mail => mail.Contains(id, StringComparison.Ordinal)));
        return all.First(mail => mail.Contains(id, StringComparison.Ordinal));
    }

    private static TextContent Utf8(string text) => new(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)));
}

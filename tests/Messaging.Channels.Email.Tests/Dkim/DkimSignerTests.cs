using System.Text;
using Messaging.Testing;

namespace Messaging.Channels.Email;

public sealed class DkimSignerTests(DkimVerifier verifier) : IClassFixture<DkimVerifier>
{
    [Theory]
    [InlineData(MailTransferEncoding.SevenBit)]
    [InlineData(MailTransferEncoding.EightBit)]
    public async Task Write_SignedMail_IsVerified(MailTransferEncoding encoding)
    {
        var mail = await Mails.WriteAsync(Hard(), DkimKeys.Settings(), encoding);

        var result = await verifier.VerifyAsync(mail);

        Assert.Equal("pass", result.GetProperty("result").GetString());
        Assert.Equal(("example.com", "test"), (result.GetProperty("domain").GetString(), result.GetProperty("selector").GetString()));
        Assert.Equal("rsa-sha256", result.GetProperty("algorithm").GetString());
        Assert.Equal("relaxed/relaxed", result.GetProperty("canonicalization").GetString());
        Assert.True(Ascii.IsValid(mail), "A signed mail must need no re-encoding on its way.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task Write_SignedMailWithAttachments_IsVerified(int length)
    {
        var attachment = TestAttachment.Endless("a.bin", length);
        var message = Hard() with { Attachments = [attachment, TestAttachment.Of("logo.png", "image/png", [1, 2, 3], "logo")] };

        var result = await verifier.VerifyAsync(await Mails.WriteAsync(message, DkimKeys.Settings()));

        Assert.Equal("pass", result.GetProperty("result").GetString());
        Assert.Equal(2, attachment.Opened);
    }

    [Fact]
    public async Task Write_OneClickUnsubscribing_IsCovered()
    {
        var properties = new Dictionary<string, string>();
        new EmailExtras { UnsubscribeUrl = new("https://example.com/u?t=1"), InReplyTo = "a@b" }.WriteTo(properties);

        var mail = await Mails.TextAsync(Some.Message() with { Extras = properties }, DkimKeys.Settings());

        Assert.Equal("pass", await ResultAsync(mail));
        var signed = Signed(mail);
        Assert.Subset(signed.ToHashSet(), new HashSet<string> { "list-unsubscribe", "list-unsubscribe-post", "message-id", "content-type", "mime-version", "in-reply-to", "references" });
        Assert.All(["from", "to", "subject", "date"], name => Assert.Equal(2, signed.Count(other => other == name)));
    }

    [Theory]
    [InlineData("From: Mallory <mallory@example.com>\r\n")]
    [InlineData("Subject: Another\r\n")]
    [InlineData("To: b@example.com\r\n")]
    [InlineData("Date: Mon, 05 Jan 2026 10:00:00 +0000\r\n")]
    public async Task Write_FieldAddedOnTheWay_BreaksTheSignature(string field)
    {
        var mail = await Mails.TextAsync(Some.Message(), DkimKeys.Settings());
        var at = mail.IndexOf("From:", StringComparison.Ordinal);

        Assert.NotEqual("pass", await ResultAsync(mail.Insert(at, field)));
        Assert.NotEqual("pass", await ResultAsync(field + mail));
    }

    [Fact]
    public async Task Write_BodyChangedOnTheWay_BreaksTheSignatureAndAddedBlanksDoNot()
    {
        var mail = await Mails.TextAsync(Some.Message(), DkimKeys.Settings());

        Assert.NotEqual("pass", await ResultAsync(mail.Replace("14:00", "15:00", StringComparison.Ordinal)));
        Assert.NotEqual("pass", await ResultAsync(mail + "added\r\n"));
        Assert.Equal("pass", await ResultAsync(mail.Replace("at 14:00.\r\n", "at   14:00. \t\r\n", StringComparison.Ordinal) + "\r\n\r\n"));
        Assert.Equal("pass", await ResultAsync(mail.Replace("Subject: Your booking", "SUBJECT:  Your\r\n\tbooking", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Write_ChosenHeaders_AreSignedWithFrom()
    {
        var settings = DkimKeys.Settings(options => options.Headers = ["Subject", "X-Missing", "FROM"]);

        var mail = await Mails.TextAsync(Some.Message(), settings);

        Assert.Equal("pass", await ResultAsync(mail));
        Assert.Equal(["from", "from", "subject", "subject"], Signed(mail));
    }

    [Fact]
    public async Task Write_SignatureField_KeepsTheLimitsAndIsFirst()
    {
        var mail = await Mails.TextAsync(Hard(), DkimKeys.Settings());

        Assert.StartsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=test;", mail, StringComparison.Ordinal);
        Assert.All(mail[..mail.IndexOf("\r\nFrom:", StringComparison.Ordinal)].Split("\r\n"), line => Assert.InRange(line.Length, 1, 79));
        Assert.DoesNotContain("; l=", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_AttachmentThatChanges_FailsInsteadOfSigningWrongly()
    {
        var attachment = new TestAttachment(opened => new MemoryStream(new byte[100 + opened])) { FileName = "a", ContentType = "text/plain" };

        var problem = await Assert.ThrowsAsync<IOException>(() => Mails.WriteAsync(Some.Message() with { Attachments = [attachment] }, DkimKeys.Settings()));

        Assert.Contains("changed between its two readings", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ManyAtOnce_AllAreVerified()
    {
        var settings = DkimKeys.Settings();

        var mails = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Mails.WriteAsync(Hard(), settings))));

        foreach (var mail in mails)
        {
            Assert.Equal("pass", (await verifier.VerifyAsync(mail)).GetProperty("result").GetString());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Key_InOtherForms_IsRead(bool isPkcs1)
    {
        using var rsa = System.Security.Cryptography.RSA.Create();
        rsa.ImportFromPem(DkimKeys.Pem);
        string[] forms =
        [
            isPkcs1 ? rsa.ExportRSAPrivateKeyPem() : rsa.ExportPkcs8PrivateKeyPem(),
            Convert.ToBase64String(isPkcs1 ? rsa.ExportRSAPrivateKey() : rsa.ExportPkcs8PrivateKey()),
            (isPkcs1 ? rsa.ExportRSAPrivateKeyPem() : DkimKeys.Pem).Replace("\n", "\\n", StringComparison.Ordinal),
        ];

        foreach (var form in forms)
        {
            var mail = await Mails.WriteAsync(Some.Message(), DkimKeys.Settings(options => options.PrivateKey = form));
            Assert.Equal("pass", (await verifier.VerifyAsync(mail)).GetProperty("result").GetString());
        }
    }

    private static OutboundMessage Hard() => Some.Message() with
    {
        Subject = "Potwierdzenie wizyty: środa, 14 maja – Salon Piękności, numer rezerwacji 12345, dziękujemy!",
        Text = "Zażółć  gęślą jaźń \n\n\nFrom here\n.\n \n\n\n",
        Html = "<p>Zażółć\tgęślą   jaźń </p>\n\n",
    };

    private static string[] Signed(string mail)
    {
        var start = mail.IndexOf(" h=", StringComparison.Ordinal) + 3;
        return [.. mail[start..mail.IndexOf(';', start)].Split(':').Select(name => name.Trim())];
    }

    private async Task<string?> ResultAsync(string mail) =>
        (await verifier.VerifyAsync(Encoding.UTF8.GetBytes(mail))).GetProperty("result").GetString();
}

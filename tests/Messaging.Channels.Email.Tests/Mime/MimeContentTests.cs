using System.IO.Pipelines;
using System.Text;
using Messaging.Testing;

namespace Messaging.Channels.Email;

public sealed class MimeContentTests
{
    [Fact]
    public async Task Write_TextAndHtml_IsTheWholeMail() =>
        Assert.Equal(await FixtureAsync("text-and-html.eml"), await Mails.TextAsync(Mails.Known()));

    [Fact]
    public async Task Write_EverythingAtOnce_IsTheWholeMail()
    {
        var message = Mails.Known() with
        {
            Subject = "Potwierdzenie: środa, 14:00",
            Text = "Zapraszamy w środę.\n",
            Html = "<p>Zapraszamy w środę.</p><img src=\"cid:logo\">\n",
            From = "\"Salon, Łódź\" <salon@łódź.example>",
            ReplyTo = "a@example.com, Biuro <b@example.com>",
            Cc = [Mails.To("cc@example.com", "Zażółć")],
            Bcc = [Mails.To("bcc@example.com", "Nobody")],
            Locale = "pl-PL",
            Attachments =
            [
                TestAttachment.Of("umowa – wersja końcowa.pdf", "application/pdf", "%PDF"u8.ToArray()),
                TestAttachment.Of("logo.png", "image/png", [1, 2, 3], "logo"),
                TestAttachment.Of("empty.txt", "text/plain", []),
            ],
            Extras = Extras(new EmailExtras
            {
                InReplyTo = "<parent@example.com>",
                References = ["<first@example.com>", "<parent@example.com>"],
                UnsubscribeUrl = new("https://example.com/u?t=abc"),
                UnsubscribeMailto = "unsubscribe@example.com",
                Precedence = "bulk",
                Sender = "Office <office@example.com>",
                Headers = new Dictionary<string, string> { ["X-Zebra"] = "last", ["X-Campaign"] = "wiosna – 2026" },
            }),
        };

        Assert.Equal(await FixtureAsync("everything.eml"), await Mails.TextAsync(message));
    }

    [Fact]
    public async Task Write_TextOnly_IsOnePart()
    {
        var mail = await Mails.TextAsync(Mails.Known() with { Html = default, Text = "one\ntwo" });

        Assert.EndsWith("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\none\r\ntwo\r\n", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_HtmlOnly_GetsItsTextMade()
    {
        var mail = await Mails.TextAsync(Mails.Known() with { Text = default, Html = "<p>See <a href='https://example.com'>us</a>.</p>" });

        Assert.Contains("\r\n\r\nSee us (https://example.com).\r\n", mail, StringComparison.Ordinal);
        Assert.Contains("multipart/alternative", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_AttachmentOnly_HasAnEmptyText()
    {
        var mail = await Mails.TextAsync(Mails.Known() with { Text = default, Html = default, Attachments = [TestAttachment.Of("a.txt", "hello")] });

        Assert.Contains("Content-Disposition: attachment; filename=\"a.txt\"\r\n\r\naGVsbG8=\r\n--=_m_", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_InlineFileWithoutHtml_IsAnOrdinaryAttachment()
    {
        var mail = await Mails.TextAsync(Mails.Known() with { Html = default, Attachments = [TestAttachment.Of("a.png", "image/png", [1], "logo")] });

        Assert.DoesNotContain("multipart/related", mail, StringComparison.Ordinal);
        Assert.Contains("Content-Disposition: attachment; filename=\"a.png\"\r\nContent-ID: <logo>\r\n", mail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("message/rfc822")]
    [InlineData("multipart/mixed; boundary=x")]
    public async Task Write_AttachedMail_IsDeclaredAsAPlainFile(string type)
    {
        var mail = await Mails.TextAsync(Mails.Known() with { Attachments = [TestAttachment.Of("a.eml", type, [1])] });

        Assert.Contains("Content-Type: application/octet-stream\r\n", mail, StringComparison.Ordinal);
        Assert.DoesNotContain(type, mail.Replace("multipart/mixed;\r\n boundary", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_EightBitServer_LeavesOctetsAsTheyAre()
    {
        var message = Mails.Known() with { Text = "środa", Html = default };

        Assert.Contains("8bit\r\n\r\nśroda\r\n", await Mails.TextAsync(message, encoding: MailTransferEncoding.EightBit), StringComparison.Ordinal);
        Assert.Contains("base64\r\n\r\nxZtyb2Rh\r\n", await Mails.TextAsync(message), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_TextThatHoldsTheBoundary_CannotEndItsPart()
    {
        var boundary = $"--=_a_{Mails.Known().DeliveryId.Value:N}";

        var mail = await Mails.TextAsync(Mails.Known() with { Text = $"before\n{boundary}--\nafter\n" });

        Assert.Equal(3, mail.Split($"\r\n{boundary}").Length - 1);
        Assert.Contains("before\r\n--=3D_a_", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_InvalidUtf8_IsMadeValid()
    {
        Utf8Text broken = new(new byte[] { (byte)'a', 0xC5, (byte)'b', 0xFF });

        var mail = await Mails.WriteAsync(Mails.Known() with { Subject = broken, Text = broken, Html = default }, encoding: MailTransferEncoding.EightBit);

        Assert.EndsWith("8bit\r\n\r\na\uFFFDb\uFFFD\r\n", new UTF8Encoding(false, true).GetString(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Again_GivesTheSameOctets()
    {
        var attachment = TestAttachment.Of("a.txt", "hello");
        var message = Some.Message() with { Attachments = [attachment], Text = default };
        var content = Mails.Content(message);

        var first = await Mails.WriteAsync(content);
        var second = await Mails.WriteAsync(content);
        var retry = await Mails.WriteAsync(message with { Attempt = 2 });

        Assert.Equal(first, second);
        Assert.Equal(first, retry);
        Assert.Equal(3, attachment.Opened);
    }

    [Fact]
    public async Task Write_MessageIdDomain_IsTheSendersUnlessSet()
    {
        var message = Mails.Known() with { From = "a@other.example" };

        Assert.Contains("Message-ID: <0197c3a0000070008000000000000001@other.example>\r\n", await Mails.TextAsync(message), StringComparison.Ordinal);
        Assert.Contains(
            "Message-ID: <0197c3a0000070008000000000000001@id.example>\r\n",
            await Mails.TextAsync(message, Mails.Settings with { MessageIdDomain = "id.example" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AutoSubmitted.Generated, "Auto-Submitted: auto-generated\r\n")]
    [InlineData(AutoSubmitted.Replied, "Auto-Submitted: auto-replied\r\n")]
    [InlineData(AutoSubmitted.No, null)]
    public async Task Write_AutoSubmitted_SaysWhoWrote(AutoSubmitted automation, string? expected)
    {
        var mail = await Mails.TextAsync(Mails.Known() with { Extras = Extras(new EmailExtras { AutoSubmitted = automation, Precedence = "list" }) });

        Assert.Equal(expected is not null, mail.Contains(expected ?? "Auto-Submitted", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zażółć@example.com", null, true)]
    [InlineData("a@żółć.example", null, false)]
    [InlineData("a@example.com", "żółć@example.com", true)]
    public void RequiresSmtpUtf8_LocalPartOutsideAscii_Only(string to, string? replyTo, bool expected) =>
        Assert.Equal(expected, Mails.Content(Mails.Known() with { To = Mails.To(to), ReplyTo = replyTo }).RequiresSmtpUtf8);

    [Fact]
    public async Task EstimatedSize_KnownAttachments_IsNearAndUnknownIsNull()
    {
        var known = Mails.Content(Some.Message() with { Attachments = [TestAttachment.Of("a.bin", "application/octet-stream", new byte[300_000])] });
        var unknown = Mails.Content(Some.Message() with { Attachments = [TestAttachment.Endless("a.bin", 1)] });

        Assert.InRange(known.EstimatedSize!.Value, (await Mails.WriteAsync(known)).Length, (await Mails.WriteAsync(known)).Length + 5000);
        Assert.Null(unknown.EstimatedSize);
    }

    [Fact]
    public async Task Write_LargeAttachment_StreamsInBoundedPieces()
    {
        const long length = 20_000_000;
        var output = new CountingWriter();

        await Mails.Content(Some.Message() with { Attachments = [TestAttachment.Endless("big.bin", length)] })
            .WriteAsync(MailTransferEncoding.EightBit, output, default);

        Assert.InRange(output.Total, length * 4 / 3, (length * 4 / 3) + (length / 20));
        Assert.InRange(output.LargestUnflushed, 1, 64 * 1024);
    }

    [Fact]
    public async Task Write_LargeTexts_StreamInBoundedPieces()
    {
        var output = new CountingWriter();

        await Mails.Content(Some.Message() with { Text = new string('ł', 500_000), Html = string.Concat(Enumerable.Repeat("<p>żółć</p>\n", 50_000)) })
            .WriteAsync(MailTransferEncoding.SevenBit, output, default);

        Assert.InRange(output.LargestUnflushed, 1, 64 * 1024);
    }

    [Fact]
    public async Task Write_NobodyWantsTheRest_StopsReading()
    {
        var (first, second) = (TestAttachment.Endless("a.bin", long.MaxValue), TestAttachment.Of("b.txt", "never"));
        var content = Mails.Content(Some.Message() with { Attachments = [first, second] }, Mails.Settings with { MaxMessageBytes = long.MaxValue });

        await content.WriteAsync(MailTransferEncoding.EightBit, new CountingWriter { CompletesAt = 200_000 }, default);

        Assert.Equal((1, 0), (first.Opened, second.Opened));
    }

    [Fact]
    public async Task Write_MoreThanTheAccountAllows_StopsAndSaysSo()
    {
        var content = Mails.Content(
            Some.Message() with { Attachments = [TestAttachment.Endless("a.bin", 60_000), TestAttachment.Endless("b.bin", 60_000)] },
            Mails.Settings with { MaxMessageBytes = 100_000 });

        await Assert.ThrowsAsync<MailTooLargeException>(() => Mails.WriteAsync(content));
        Assert.True(content.IsTooLarge);
    }

    private static Dictionary<string, string> Extras(EmailExtras extras)
    {
        var properties = new Dictionary<string, string>();
        extras.WriteTo(properties);
        return properties;
    }

    private static Task<string> FixtureAsync(string name) => File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Mime", "Fixtures", name));

    private sealed class CountingWriter : PipeWriter
    {
        private readonly byte[] _buffer = new byte[256 * 1024];
        private int _unflushed;

        public long Total { get; private set; }

        public int LargestUnflushed { get; private set; }

        public long CompletesAt { get; init; } = long.MaxValue;

        public override void Advance(int bytes)
        {
            Total += bytes;
            _unflushed += bytes;
            LargestUnflushed = Math.Max(LargestUnflushed, _unflushed);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            _unflushed = 0;
            return new(new FlushResult(isCanceled: false, isCompleted: Total >= CompletesAt));
        }

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}

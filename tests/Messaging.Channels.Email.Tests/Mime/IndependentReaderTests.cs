using System.Text;
using System.Text.Json;
using Messaging.Testing;

namespace Messaging.Channels.Email;

/// <summary>Other people's readers see in our mails what was meant. Where two of them would disagree, the mail would be ambiguous.</summary>
public sealed class IndependentReaderTests(MailReader mailparser, PythonMailReader python) : IClassFixture<MailReader>, IClassFixture<PythonMailReader>
{
    public static TheoryData<string> HardTexts =>
    [
        "Your booking",
        "Potwierdzenie wizyty: środa, 14 maja – Salon Piękności \"Żółty Słoń\" (ul. Łąkowa 5), numer 12345",
        "日本語の件名はとても長いので、複数の符号化された単語に分割されなければなりませんが、文字は決して分割されません。",
        "Привет, Анна! Ваша запись подтверждена",
        "🎉🎉🎉 👩‍👩‍👧 emoji everywhere 🎉 and words 🎉🎉",
        "mixed ascii żółć ascii żółć ascii żółć ascii żółć ascii żółć ascii żółć ascii",
        "=?utf-8?Q?looks_encoded?= and =?broken",
        "tab\tand  two blanks",
        "a:b; c,d <e@f> (g) [h] \\i \"j\" 'k' _under_score_ = % ?",
        "العربية שלום ไทย हिन्दी",
        "x-" + "verylongword-verylongword-verylongword-verylongword-verylongword-verylongword-verylongword",
    ];

    [Theory]
    [MemberData(nameof(HardTexts))]
    public async Task Headers_HardTexts_AreReadAsMeant(string text)
    {
        // A control character is no name for a file, and mailparser decodes encoded-words wherever it meets them.
        var file = text.Replace('\t', ' ').Replace("=?", "=", StringComparison.Ordinal);
        var mail = await Mails.WriteAsync(Some.Message() with
        {
            Subject = text,
            To = Mails.To("anna@example.com", text),
            From = "Salon <salon@example.com>",
            Attachments = [TestAttachment.Of(file, "content")],
        });

        var read = await mailparser.ReadAsync(mail);
        Assert.Equal(Blanks(text), Blanks(read.GetProperty("subject").GetString()!));
        Assert.Equal(Blanks(text), Blanks(read.GetProperty("to")[0].GetProperty("name").GetString()!));
        Assert.Equal("anna@example.com", read.GetProperty("to")[0].GetProperty("address").GetString());
        Assert.Equal(Blanks(file), Blanks(read.GetProperty("attachments")[0].GetProperty("filename").GetString()!));

        if (await python.ReadAsync(mail) is { } second)
        {
            Assert.Equal(Blanks(text), Blanks(second.GetProperty("subject").GetString()!));
            Assert.Equal(Blanks(text), Blanks(second.GetProperty("to")[0][0].GetString()!));
            Assert.Equal("anna@example.com", second.GetProperty("to")[0][1].GetString());
            Assert.Empty(second.GetProperty("defects").EnumerateArray());
            Assert.Equal(Blanks(file), Blanks(second.GetProperty("body").GetProperty("parts")[1].GetProperty("filename").GetString()!));
        }
    }

    [Theory]
    [InlineData("one\ntwo\n\nthree")]
    [InlineData("ends in a blank \nFrom the start\n.\n..\n")]
    [InlineData("żółć = 100%\n")]
    [InlineData("Привет, мир!\nКак дела?")]
    [InlineData("🎉")]
    public async Task Bodies_HardTexts_AreReadAsMeant(string text)
    {
        foreach (var encoding in Enum.GetValues<MailTransferEncoding>())
        {
            var mail = await Mails.WriteAsync(Some.Message() with { Text = text, Html = $"<p>{text}</p>" }, encoding: encoding);

            var read = await mailparser.ReadAsync(mail);
            Assert.Equal(text.TrimEnd(), read.GetProperty("text").GetString()!.TrimEnd());
            Assert.Equal($"<p>{text}</p>", read.GetProperty("html").GetString());

            if (await python.ReadAsync(mail) is { } second)
            {
                Assert.Equal(text, Content(second.GetProperty("body").GetProperty("parts")[0]));
                Assert.Equal($"<p>{text}</p>", Content(second.GetProperty("body").GetProperty("parts")[1]));
            }
        }
    }

    [Fact]
    public async Task Structure_InlineFilesAndAttachments_IsReadAsMeant()
    {
        var bytes = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7)).ToArray();
        var mail = await Mails.WriteAsync(Some.Message() with
        {
            Html = "<img src=\"cid:logo\"><img src=\"cid:photo@example.com\">",
            Attachments =
            [
                TestAttachment.Of("dane.bin", "application/octet-stream", bytes),
                TestAttachment.Of("logo.png", "image/png", [1, 2, 3], "logo"),
                TestAttachment.Of("zdjęcie.jpg", "image/jpeg; progressive=1", bytes[..57], "photo@example.com"),
                TestAttachment.Of("empty", "text/plain", []),
            ],
        });

        var files = (await mailparser.ReadAsync(mail)).GetProperty("attachments").EnumerateArray().ToArray();
        Assert.Equal(["logo.png", "zdjęcie.jpg", "dane.bin", "empty"], files.Select(file => file.GetProperty("filename").GetString()));
        Assert.Equal(["inline", "inline", "attachment", "attachment"], files.Select(file => file.GetProperty("contentDisposition").GetString()));
        Assert.Equal(["logo", "photo@example.com", null, null], files.Select(file => file.GetProperty("cid").GetString()));
        Assert.Equal([true, true, false, false], files.Select(file => file.GetProperty("related").GetBoolean()));
        Assert.Equal([[1, 2, 3], bytes[..57], bytes, []], files.Select(file => file.GetProperty("content").GetBytesFromBase64()));

        if (await python.ReadAsync(mail) is { } second)
        {
            var mixed = second.GetProperty("body");
            Assert.Equal(["multipart/alternative", "application/octet-stream", "text/plain"], Types(mixed));
            Assert.Equal(["text/plain", "multipart/related"], Types(mixed.GetProperty("parts")[0]));
            Assert.Equal(["text/html", "image/png", "image/jpeg"], Types(mixed.GetProperty("parts")[0].GetProperty("parts")[1]));
            Assert.Equal(bytes, mixed.GetProperty("parts")[1].GetProperty("content").GetBytesFromBase64());
            Assert.DoesNotContain("Defect", mixed.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Identity_ThreadAndDate_AreReadAsMeant()
    {
        var message = Some.Message() with
        {
            Extras = new Dictionary<string, string> { ["in-reply-to"] = "<p@x>", ["references"] = "<a@x> <p@x>" },
            Cc = [Mails.To("cc@example.com")],
            Bcc = [Mails.To("bcc@example.com")],
        };

        var read = await mailparser.ReadAsync(await Mails.WriteAsync(message));

        Assert.Equal($"<{message.DeliveryId.Value:N}@example.com>", read.GetProperty("messageId").GetString());
        Assert.Equal("<p@x>", read.GetProperty("inReplyTo").GetString());
        Assert.Equal(["<a@x>", "<p@x>"], read.GetProperty("references").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(message.AcceptedAt, read.GetProperty("date").GetDateTimeOffset());
        Assert.Equal("cc@example.com", read.GetProperty("cc")[0].GetProperty("address").GetString());
        Assert.DoesNotContain("bcc@example.com", read.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RandomMails_BothReaders_AgreeWithTheMessage()
    {
        var random = new Random(20260105);
        for (var i = 0; i < 60; i++)
        {
            var (subject, name, file) = (RandomText(random), RandomText(random), RandomText(random) + ".txt");
            var mail = await Mails.WriteAsync(Some.Message() with
            {
                Subject = subject, To = Mails.To("anna@example.com", name), Text = subject + "\n" + name, Attachments = [TestAttachment.Of(file, "x")],
            });

            var read = await mailparser.ReadAsync(mail);
            Assert.Equal(Blanks(subject), Blanks(read.GetProperty("subject").GetString()!));
            Assert.Equal(Blanks(name), Blanks(read.GetProperty("to")[0].GetProperty("name").GetString()!));
            Assert.Equal(Blanks(file), Blanks(read.GetProperty("attachments")[0].GetProperty("filename").GetString()!));
            if (await python.ReadAsync(mail) is { } second)
            {
                Assert.Equal(Blanks(subject), Blanks(second.GetProperty("subject").GetString()!));
                Assert.Equal(Blanks(file), Blanks(second.GetProperty("body").GetProperty("parts")[1].GetProperty("filename").GetString()!));
            }
        }
    }

    private static string RandomText(Random random)
    {
        string[] alphabet = ["a", "b", "Z", "7", " ", " ", "ł", "ó", "ß", "я", "日", "本", "🎉", "'", "-", ".", ",", "(", ")", "\"", "_", "=", "%", "+"];
        var text = new StringBuilder("x");
        for (var i = random.Next(1, 120); i > 0; i--)
        {
            text.Append(alphabet[random.Next(alphabet.Length)]);
        }

        return text.Append('x').ToString();
    }

    // Readers differ in what they make of runs of blanks, and may.
    private static string Blanks(string text) => string.Join(' ', text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string Content(JsonElement part) =>
        Encoding.UTF8.GetString(part.GetProperty("content").GetBytesFromBase64()).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static IEnumerable<string?> Types(JsonElement part) =>
        part.GetProperty("parts").EnumerateArray().Select(child => child.GetProperty("type").GetString());
}

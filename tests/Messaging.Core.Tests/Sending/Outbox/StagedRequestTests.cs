using Messaging.Templates;
using Messaging.Testing;

namespace Messaging.Sending;

public sealed class StagedRequestTests
{
    private static readonly UInt128 Print = new(0x0123456789ABCDEF, 0xFEDCBA9876543210);

    [Fact]
    public void Read_OfEverythingARequestHas_GivesItBack()
    {
        var request = Full();

        var read = StagedRequestReader.Read(Write(request));

        Assert.Equal(Print, read.Fingerprint);
        Assert.Equal(Fingerprint.Of(request, new BufferPool()), Fingerprint.Of(read.Request, new BufferPool()));
        Assert.Equal(request.To[0], read.Request.To[0]);
        Assert.Equal(request.Bcc[0], read.Request.Bcc[0]);
        Assert.Equal(new DateOnly(2030, 5, 1), read.Request.Template!.Data["Day"]);
        Assert.Equal(19.90m, read.Request.Template.Data["Price"]);
        Assert.Equal(3, read.Request.Template.Version);
        Assert.Equal("invoice-1", read.Request.Attachments[1].SourceKey);
        Assert.Equal("logo", read.Request.Attachments[0].ContentId);
        Assert.Equal(request.IdempotencyKey, read.Request.IdempotencyKey);
        Assert.Equal(request.ExpiresAt, read.Request.ExpiresAt);
    }

    [Fact]
    public void Read_OfRawContent_KeepsActionsAndWhatIsAbsent()
    {
        var request = Some.Request() with { Content = new MessageContent { Subject = "Hello", Actions = [new MessageAction("Open", "https://example.com")] } };

        var content = StagedRequestReader.Read(Write(request)).Request.Content!;

        Assert.Equal("Hello", content.Subject);
        Assert.Null(content.Text);
        Assert.Equal([new MessageAction("Open", "https://example.com")], content.Actions);
    }

    [Fact]
    public void Read_OfEveryPrefix_EitherReadsOrSaysThatItIsDamaged()
    {
        var bytes = Write(Full());
        for (var length = 0; length < bytes.Length; length++)
        {
            var error = Record.Exception(() => StagedRequestReader.Read(bytes[..length]));

            Assert.True(error is null or InvalidDataException, $"{length}: {error}");
        }
    }

    [Fact]
    public void Read_OfFlippedBytes_EitherReadsOrSaysThatItIsDamaged()
    {
        var bytes = Write(Full()).ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var flip in new byte[] { 1, 0x80, 0xFF })
            {
                var flipped = (byte[])bytes.Clone();
                flipped[i] ^= flip;

                var error = Record.Exception(() => StagedRequestReader.Read(flipped));

                Assert.True(error is null or InvalidDataException, $"{i}/{flip}: {error}");
            }
        }
    }

    private static SendRequest Full() => new()
    {
        To = [Recipient.Contact("client-1") with { Name = "Anna", Locale = "pl-PL", TimeZone = "Europe/Warsaw" }, Recipient.Email("a@example.com", "A")],
        Cc = [Recipient.User("u1")],
        Bcc = [Recipient.Contact(new ContactId(Some.Id())), Recipient.Guest(new Address("sms", "+48123456789"), "Guest")],
        From = "Salon <salon@example.com>",
        ReplyTo = "reply@example.com",
        Channel = "email",
        Route = "urgent",
        Template = new TemplateReference("booking") { Version = 3, Data = TemplateData.From(new Dictionary<string, object?> { ["Day"] = new DateOnly(2030, 5, 1), ["Price"] = 19.90m }) },
        Category = "marketing",
        Priority = MessagePriority.High,
        SendAt = Some.Instant.AddDays(1),
        ExpiresAt = Some.Instant.AddDays(2),
        IdempotencyKey = "key",
        Reference = "booking:1",
        Metadata = new Dictionary<string, string> { ["a"] = "1", ["b"] = "" },
        Sensitive = true,
        Attachments =
        [
            Attachment.FromBytes("logo.png", "image/png", new byte[] { 1, 2, 3 }) with { ContentId = "logo" },
            Attachment.Deferred("invoice.pdf", "application/pdf", "invoices", "invoice-1"),
        ],
        Extras = [new StagedExtras("email", new Dictionary<string, string> { ["X-A"] = "1" })],
        Locale = "pl-PL",
    };

    private static ReadOnlyMemory<byte> Write(SendRequest request)
    {
        var buffer = new PayloadBuffer();
        PayloadAttachment[] attachments =
        [
            .. request.Attachments.Select(a => new PayloadAttachment
            {
                FileName = a.FileName,
                ContentType = a.ContentType,
                ContentId = a.ContentId,
                Kind = a.Source is null ? PayloadAttachment.Form.Inline : PayloadAttachment.Form.Deferred,
                Content = a.Content ?? default,
                Source = a.Source,
                Key = a.SourceKey,
            }),
        ];
        StagedRequestWriter.Write(buffer, request, attachments, Print);
        return buffer.From(0).ToArray();
    }
}

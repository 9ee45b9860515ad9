using Messaging.Channels;
using Messaging.Testing.Internal;

namespace Messaging.Testing.Captured;

public sealed class CaptureTests
{
    private readonly CaptureLog _log = new();
    private readonly Script _script = new();
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(ChannelKinds.Email, typeof(EmailMessage))]
    [InlineData(ChannelKinds.Sms, typeof(SmsMessage))]
    [InlineData(ChannelKinds.Voice, typeof(VoiceMessage))]
    [InlineData(ChannelKinds.WhatsApp, typeof(WhatsAppMessage))]
    [InlineData(ChannelKinds.Telegram, typeof(TelegramMessage))]
    [InlineData(ChannelKinds.WebChat, typeof(WebChatMessage))]
    [InlineData(ChannelKinds.Push, typeof(PushMessage))]
    [InlineData("fax", typeof(OtherMessage))]
    public async Task SendAsync_OfAKind_IsCapturedInItsType(string kind, Type type)
    {
        await Channel(kind).SendAsync(Some.Message(kind), default);

        Assert.IsType(type, Assert.Single(_log.Attempts));
    }

    [Fact]
    public async Task SendAsync_Everything_IsCaptured()
    {
        var message = Some.Message() with
        {
            Tenant = new("salon"),
            Attempt = 2,
            Cc = [new(Some.Address())],
            Bcc = [new(Some.Address())],
            From = "Salon <salon@example.com>",
            ReplyTo = "answers@example.com",
            Actions = [new("Open", "https://example.com")],
            Attachments = [new Bytes { FileName = "a.txt", ContentType = "text/plain", ContentId = "logo" }],
            Extras = new Dictionary<string, string> { ["header"] = "x" },
            Metadata = new Dictionary<string, string> { ["booking"] = "981" },
            Category = Categories.Marketing,
            Locale = "pl-PL",
        };

        await Channel().SendAsync(message, default);

        var sent = Assert.IsType<EmailMessage>(Assert.Single(_log.Attempts));
        Assert.Equal((message.Id, message.DeliveryId, message.Tenant, "email", "email-eu"), (sent.MessageId, sent.DeliveryId, sent.Tenant, sent.Kind, sent.Account));
        Assert.Equal((message.To.Address.Value, "Anna", message.From, message.ReplyTo), (sent.To, sent.ToName, sent.From, sent.ReplyTo));
        Assert.Equal([message.Cc[0].Address.Value], sent.Cc);
        Assert.Equal([message.Bcc[0].Address.Value], sent.Bcc);
        Assert.Equal(("Your booking", "See you at 14:00.", "<p>See you at 14:00.</p>"), (sent.Subject, sent.Text, sent.Html));
        Assert.Equal((message.Actions, message.Extras, message.Metadata), (sent.Actions, sent.Extras, sent.Metadata));
        Assert.Equal((Categories.Marketing, "pl-PL", 2, _clock.Now), (sent.Category, sent.Locale, sent.Attempt, sent.SentAt));
        var attachment = Assert.Single(sent.Attachments);
        Assert.Equal(("a.txt", "text/plain", "logo"), (attachment.FileName, attachment.ContentType, attachment.ContentId));
        Assert.Equal("hello"u8.ToArray(), attachment.Content.ToArray());
    }

    [Fact]
    public async Task SendAsync_BuffersReusedAfterwards_CaptureStays()
    {
        var buffer = "See you"u8.ToArray();
        await Channel().SendAsync(Some.Message() with { Text = new Utf8Text(buffer) }, default);

        Array.Clear(buffer);

        Assert.Equal("See you", Assert.Single(_log.Attempts).Text);
    }

    [Fact]
    public async Task SendAsync_NothingScripted_AnswersWithAnIdOfItsOwn()
    {
        var first = Assert.IsType<SendResult.Accepted>(await Channel().SendAsync(Some.Message(), default));
        var second = Assert.IsType<SendResult.Accepted>(await Channel().SendAsync(Some.Message(), default));

        Assert.NotEqual(first.ProviderId, second.ProviderId);
    }

    [Fact]
    public async Task SendAsync_ScriptThrows_ThrowsAndIsCapturedWithoutResult()
    {
        _script.Add(new ChannelRule(_ => true).Throws(new TimeoutException()));

        await Assert.ThrowsAsync<TimeoutException>(() => Channel().SendAsync(Some.Message(), default).AsTask());

        Assert.Null(Assert.Single(_log.Attempts).Result);
    }

    [Fact]
    public async Task SendAsync_AlreadyCancelled_ThrowsAndCapturesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Channel().SendAsync(Some.Message(), new CancellationToken(true)).AsTask());

        Assert.Empty(_log.Attempts);
    }

    [Fact]
    public async Task ToString_AnyMessage_SaysToWhomAndWhatInALine()
    {
        await Channel().SendAsync(Some.Message() with { To = new(new("email", "anna@example.com")) }, default);

        Assert.Equal("email to anna@example.com by 'email-eu' at 10:00:00: Your booking", Assert.Single(_log.Attempts).ToString());
    }

    private IChannel Channel(string kind = ChannelKinds.Email)
    {
        var account = Some.Account(kind, "email-eu");
        var inner = new TestChannelFactory(account.Name, new ChannelCapabilities { Kind = kind }).Create(account);
        return new TestChannelDecorator(_log, _script, _clock).Decorate(inner, account);
    }

    private sealed class Bytes : OutboundAttachment
    {
        public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => new(new MemoryStream("hello"u8.ToArray()));
    }
}

using Messaging.Channels;
using Xunit;

namespace Messaging.Testing.Contracts.Channels;

public abstract partial class ChannelContract
{
    [Fact]
    public async Task SendAsync_NothingToSay_IsRefusedHere()
    {
        var message = Fixture.Message() with { Subject = default, Text = default, Html = default, Attachments = [], Actions = [] };

        await AssertRefusedHereAsync(message, FailureScope.Message);
    }

    [Fact]
    public async Task SendAsync_ImpossibleAddress_IsRefusedHereAndNotRepeated()
    {
        if (Fixture.ImpossibleAddress is { } address)
        {
            var message = Fixture.Message();
            var refused = await AssertRefusedHereAsync(
                message with { To = message.To with { Address = message.To.Address with { Value = address } } }, FailureScope.Address);

            Assert.Equal(RejectionReason.InvalidAddress, refused.Reason);
            Assert.DoesNotContain(address, refused.ProviderText, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task SendAsync_AttachmentsThatAreTooLarge_AreRefusedHere()
    {
        if (Fixture.Channel.Capabilities is { Attachments: true, MaxMessageBytes: { } most and <= 64 * 1024 * 1024 })
        {
            var known = new BytesAttachment(most + 1) { FileName = "large.bin", ContentType = "application/octet-stream", Size = most + 1 };
            var unknown = new BytesAttachment(most + 1) { FileName = "large.bin", ContentType = "application/octet-stream" };

            var refused = await AssertRefusedHereAsync(Fixture.Message() with { Attachments = [known] }, FailureScope.Message);
            var refusedLater = await AssertRefusedHereAsync(Fixture.Message() with { Attachments = [unknown] }, FailureScope.Message);

            Assert.Equal(RejectionReason.TooLarge, refused.Reason);
            Assert.Equal(RejectionReason.TooLarge, refusedLater.Reason);
        }
    }

    [Fact]
    public async Task SendAsync_AttachmentsThatAreNotCarried_AreRefusedHere()
    {
        if (!Fixture.Channel.Capabilities.Attachments)
        {
            var attachment = new BytesAttachment(1) { FileName = "a.bin", ContentType = "application/octet-stream", Size = 1 };
            await AssertRefusedHereAsync(Fixture.Message() with { Attachments = [attachment] }, FailureScope.Message);
        }
    }

    [Fact]
    public async Task SendAsync_MoreRecipientsThanAllowed_IsRefusedHere()
    {
        var recipients = Enumerable.Range(0, Fixture.Channel.Capabilities.MaxRecipients).Select(_ => Fixture.Message().To).ToList();

        await AssertRefusedHereAsync(Fixture.Message() with { Cc = recipients }, FailureScope.Message);
    }

    [Theory]
    [InlineData("two\r\nlines")]
    [InlineData("nul\0")]
    [InlineData("half \uD800 pair")]
    [InlineData("\u202E\u0007 control")]
    [InlineData("👩‍👩‍👧 żółć <b>&amp;</b> \"quoted\" \\ ' ; DROP TABLE")]
    public async Task SendAsync_HostileText_IsAnswered(string text)
    {
        var message = Fixture.Message();

        var result = await SendAsync(message with { To = message.To with { Name = text }, Subject = text, Text = text, Html = text });

        Assert.True(result is SendResult.Accepted or SendResult.Rejected { Scope: FailureScope.Message });
        Assert.Equal(result is SendResult.Accepted ? 1 : 0, await Fixture.CountAsync());
    }

    [Fact]
    public async Task SendAsync_InvalidUtf8_IsAnswered()
    {
        var broken = new Utf8Text(new byte[] { (byte)'a', 0xC5, (byte)'b', 0xFF });

        var result = await SendAsync(Fixture.Message() with { Subject = broken, Text = broken, Html = default });

        Assert.True(result is SendResult.Accepted or SendResult.Rejected { Scope: FailureScope.Message });
    }

    private async Task<SendResult.Rejected> AssertRefusedHereAsync(OutboundMessage message, FailureScope scope)
    {
        var refused = Assert.IsType<SendResult.Rejected>(await SendAsync(message));

        Assert.Equal(scope, refused.Scope);
        Assert.NotEmpty(refused.ProviderText);
        Assert.Equal(0, await Fixture.CountAsync());
        return refused;
    }
}

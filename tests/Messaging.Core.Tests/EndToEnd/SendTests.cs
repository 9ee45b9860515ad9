using Messaging.Channels;
using Messaging.Testing;

namespace Messaging.Core.EndToEnd;

public sealed class SendTests
{
    [Fact]
    public async Task SendAsync_RawContent_ArrivesAsItWasGiven()
    {
        await using var host = new TestHost();
        var receipt = await host.SendAsync(new SendRequest
        {
            To = Recipient.Email("anna@example.com", "Anna"),
            From = "Salon <salon@example.com>",
            ReplyTo = "answers@example.com",
            Content = new() { Subject = "Booked", Text = "See you at 14:00.", Html = "<p>See you at 14:00.</p>" },
            Metadata = new Dictionary<string, string> { ["booking"] = "981" },
            Attachments = [Attachment.FromBytes("ticket.txt", "text/plain", "981"u8.ToArray())],
        });

        var mail = host.Messaging.Single<EmailMessage>();
        Assert.Equal(SendStatus.Accepted, receipt.Status);
        Assert.Equal((receipt.MessageId, receipt.Deliveries[0].Id), (mail.MessageId, mail.DeliveryId));
        Assert.Equal(("anna@example.com", "Anna", "Salon <salon@example.com>", "answers@example.com"), (mail.To, mail.ToName, mail.From, mail.ReplyTo));
        Assert.Equal(("Booked", "See you at 14:00.", "<p>See you at 14:00.</p>"), (mail.Subject, mail.Text, mail.Html));
        Assert.Equal("981", mail.Metadata["booking"]);
        Assert.Equal("981"u8.ToArray(), Assert.Single(mail.Attachments).Content.ToArray());
        Assert.Equal(DeliveryStatus.Sent, await host.StatusAsync(receipt));
    }

    [Fact]
    public async Task SendAsync_SeveralRecipients_EachGetsADeliveryOfItsOwn()
    {
        await using var host = new TestHost();
        var receipt = await host.SendAsync(Some.Request() with { To = [Some.Recipient(), Some.Recipient(), Some.Recipient(ChannelKinds.Sms)] });

        Assert.Equal(3, receipt.Deliveries.Count);
        Assert.Equal(2, host.Messaging.All<EmailMessage>().Count);
        host.Messaging.Single<SmsMessage>();
    }

    [Fact]
    public async Task SendAsync_SameKeyTwice_SendsOnce()
    {
        await using var host = new TestHost();
        var request = Some.Request() with { IdempotencyKey = "booking-981" };

        var first = await host.SendAsync(request);
        var second = await host.SendAsync(request);
        var other = await host.SendAsync(request with { Content = new() { Text = "Other" } });

        Assert.Equal((SendStatus.Duplicate, first.MessageId), (second.Status, second.MessageId));
        Assert.Equal((SendStatus.Conflict, first.MessageId), (other.Status, other.MessageId));
        host.Messaging.Single<EmailMessage>();
    }

    [Fact]
    public async Task SendAsync_Sensitive_IsSentAndThenForgotten()
    {
        await using var host = new TestHost();
        var receipt = await host.SendAsync(Some.Request() with { Sensitive = true, Content = new() { Text = "Your code is 4711." } });

        Assert.Equal("Your code is 4711.", host.Messaging.Single<EmailMessage>().Text);
        Assert.Null((await host.ReadAsync(receipt)).Content);
    }

    [Fact]
    public async Task SendNowAsync_ProviderTakesIt_SaysSentAndIsInHistory()
    {
        await using var host = new TestHost();
        var receipt = await host.Hub.SendNowAsync(Some.Request());

        Assert.Equal(SendStatus.Sent, receipt.Status);
        host.Messaging.Single<EmailMessage>();
        Assert.Equal(DeliveryStatus.Sent, await host.StatusAsync(receipt));
    }

    [Fact]
    public async Task SendNowAsync_ProviderRefuses_SaysSo()
    {
        await using var host = new TestHost();
        host.Messaging.FailNext(new SendResult.Rejected(RejectionReason.Content, FailureScope.Message, "550", "no such thing"));

        var receipt = await host.Hub.SendNowAsync(Some.Request());

        Assert.Equal((SendStatus.Failed, WhyCodes.Rejected), (receipt.Status, receipt.Why?.Code));
    }

    [Fact]
    public async Task SendAsync_ForTenant_IsSeenByThatTenantOnly()
    {
        await using var host = new TestHost();
        var receipt = await host.Hub.ForTenant(new("salon_123")).SendAsync(Some.Request());
        await host.Messaging.DrainAsync();

        Assert.Equal(new TenantId("salon_123"), host.Messaging.Single<EmailMessage>().Tenant);
        Assert.Null(await host.History.GetAsync(TenantId.Default, receipt.MessageId));
        Assert.NotNull(await host.History.GetAsync(new("salon_123"), receipt.MessageId));
    }
}

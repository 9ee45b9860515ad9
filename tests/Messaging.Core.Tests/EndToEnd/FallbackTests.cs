using Messaging.Channels;
using Messaging.Contacts;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.EndToEnd;

public sealed class FallbackTests
{
    private static readonly SendResult Refused = new SendResult.Rejected(RejectionReason.UnknownRecipient, FailureScope.Message, "400", "chat not found");

    [Fact]
    public async Task SendAsync_FirstStepRefused_GoesOnToTheNext()
    {
        await using var host = await StartAsync();
        host.Messaging.When(kind: ChannelKinds.Telegram).Returns(Refused);

        await SendAsync(host);

        Assert.Equal(["telegram", "sms"], host.Messaging.Attempts.Select(attempt => attempt.Kind));
    }

    [Fact]
    public async Task SendAsync_NoProofInTime_GoesOnToTheNext()
    {
        await using var host = await StartAsync();
        await SendAsync(host);
        Assert.Equal(["telegram"], host.Messaging.Sent.Select(sent => sent.Kind));

        await host.Messaging.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["telegram", "sms"], host.Messaging.Sent.Select(sent => sent.Kind));
    }

    [Fact]
    public async Task ReportDeliveredAsync_InTime_StandsDown()
    {
        await using var host = await StartAsync();
        var receipt = await SendAsync(host);
        await host.Messaging.AdvanceAsync(TimeSpan.FromMinutes(4));

        await host.Messaging.ReportDeliveredAsync(receipt.MessageId);
        await host.Messaging.AdvanceAsync(TimeSpan.FromDays(1));

        host.Messaging.Single<TelegramMessage>();
        Assert.Single(host.Messaging.Attempts);
    }

    [Fact]
    public async Task ReportAsync_FailureAfterwards_StartsTheNextStep()
    {
        await using var host = await StartAsync();
        var receipt = await SendAsync(host);
        await host.Messaging.ReportAsync(receipt.MessageId, MessageEventType.Undelivered);
        await host.Messaging.DrainAsync();

        Assert.Equal(["telegram", "sms"], host.Messaging.Sent.Select(sent => sent.Kind));
    }

    [Fact]
    public async Task CancelAsync_BeforeTheNextStep_StartsNone()
    {
        await using var host = await StartAsync();
        var receipt = await SendAsync(host, host.Now.AddHours(1));

        Assert.Equal(1, await host.Operations.CancelAsync(TenantId.Default, receipt.MessageId));
        await host.Messaging.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Empty(host.Messaging.Attempts);
    }

    [Fact]
    public async Task CancelAsync_WhileTheFirstStepWaitsForProof_StartsNone()
    {
        await using var host = await StartAsync();
        var receipt = await SendAsync(host);

        await host.Operations.CancelAsync(TenantId.Default, receipt.MessageId);
        await host.Messaging.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(["telegram"], host.Messaging.Attempts.Select(attempt => attempt.Kind));
    }

    [Fact]
    public async Task SendAsync_AllStepsRefused_EndsFailed()
    {
        await using var host = await StartAsync();
        host.Messaging.When().Returns(Refused);

        var receipt = await SendAsync(host);

        Assert.Equal(["telegram", "sms", "email"], host.Messaging.Attempts.Select(attempt => attempt.Kind));
        var deliveries = (await host.History.GetAsync(TenantId.Default, receipt.MessageId))!.Deliveries;
        Assert.All(deliveries, delivery => Assert.Equal(DeliveryStatus.Failed, delivery.Status));
        Assert.Equal(3, deliveries.Count);
    }

    private static async Task<TestHost> StartAsync()
    {
        var host = new TestHost(m => m
            .AddTestChannel("telegram")
            .AddRoute("urgent", route => route.Try("telegram", within: TimeSpan.FromMinutes(5)).Then("sms").Then("email")));
        await host.Get<IContacts>().SaveAsync(new Contact
        {
            Id = default,
            Tenant = TenantId.Default,
            ExternalId = "anna",
            Addresses = [new(ChannelKinds.Telegram, "12345"), new(ChannelKinds.Sms, "+48600000001"), new(ChannelKinds.Email, "anna@example.com")],
        });
        return host;
    }

    private static Task<SendReceipt> SendAsync(TestHost host, DateTimeOffset? at = null) =>
        host.SendAsync(new SendRequest { To = Recipient.Contact("anna"), Route = "urgent", Content = Some.Content(), SendAt = at });
}

using Messaging.Channels;
using Messaging.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Messaging.Testing;

public sealed class TestMessagingTests
{
    private static readonly SendResult Busy = new SendResult.Throttled(null, FailureScope.Message, "421", "busy");

    [Fact]
    public async Task Single_OneOfTheKind_IsIt()
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        var receipt = await hub.SendAsync(Some.Request());
        await hub.SendAsync(Some.Request(ChannelKinds.Sms));
        await messaging.DrainAsync();

        Assert.Equal(receipt.MessageId, messaging.Single<EmailMessage>().MessageId);
        Assert.Equal(2, messaging.Sent.Count);
        Assert.Equal(messaging.Single<EmailMessage>(), messaging.Single<EmailMessage>(mail => mail.Subject == "Your booking"));
        Assert.Equal(messaging.Sent, messaging.All<SentMessage>());
    }

    [Fact]
    public async Task Single_MoreThanOne_ListsThem()
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        await hub.SendAsync(Some.Request() with { To = [Recipient.Email("anna@example.com"), Recipient.Email("jan@example.com")] });
        await messaging.DrainAsync();

        var error = Assert.Throws<TestMessagingException>(() => messaging.Single<EmailMessage>());

        Assert.Contains("Expected one EmailMessage, but 2 were sent:", error.Message, StringComparison.Ordinal);
        Assert.Contains("1. email to anna@example.com by 'email' at 10:00:00: Your booking", error.Message, StringComparison.Ordinal);
        Assert.Contains("2. email to jan@example.com", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_NoneBecauseNobodyDrained_SaysThatWorkIsReady()
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        await hub.SendAsync(Some.Request());
        await hub.SendAsync(Some.Request() with { SendAt = messaging.Now.AddHours(5) });

        var error = Assert.Throws<TestMessagingException>(() => messaging.Single<EmailMessage>());

        Assert.Contains("No channel was called at all.", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 ready, 1 waiting, the next at 2026-01-05 15:00:00Z, 0 held", error.Message, StringComparison.Ordinal);
        Assert.Contains("DrainAsync()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_NoneMatchesOrWasRefused_ShowsWhatChannelsGot()
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        messaging.FailNext(new SendResult.Rejected(RejectionReason.Spam, FailureScope.Message, "550", "spam"));
        await hub.SendAsync(Some.Request() with { To = Recipient.Email("anna@example.com") });
        await messaging.DrainAsync();

        var error = Assert.Throws<TestMessagingException>(() => messaging.Single<EmailMessage>(mail => mail.Subject == "Your booking"));

        Assert.Contains("Expected one EmailMessage that matches, but none was sent.", error.Message, StringComparison.Ordinal);
        Assert.Contains("email to anna@example.com by 'email' at 10:00:00: Your booking → Rejected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrainAsync_NothingToDo_DoesNothing()
    {
        await using var services = Services();

        Assert.Equal(0, await Of(services).Messaging.DrainAsync());
    }

    [Fact]
    public async Task DrainAsync_ManyMessages_SendsAllAndLeavesTheClock()
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        for (var i = 0; i < 1_000; i++)
        {
            await hub.SendAsync(Some.Request());
        }

        Assert.InRange(await messaging.DrainAsync(), 1_000, int.MaxValue);

        Assert.Equal(1_000, messaging.Sent.Count);
        Assert.Equal(ManualTimeProvider.DefaultStart, messaging.Now);
    }

    [Fact]
    public async Task AdvanceAsync_SeveralMoments_DoesEachAtItsTimeAndEndsAtTheTarget()
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        var start = messaging.Now;
        int[] hours = [7, 1, 3];
        foreach (var hour in hours)
        {
            await hub.SendAsync(Some.Request() with { SendAt = start.AddHours(hour) });
        }

        await messaging.AdvanceAsync(TimeSpan.FromHours(5));

        Assert.Equal([start.AddHours(1), start.AddHours(3)], messaging.Sent.Select(mail => mail.SentAt));
        Assert.Equal(start.AddHours(5), messaging.Now);
    }

    [Fact]
    public async Task AdvanceAsync_RetriesOnTheWay_GoTheSameWayEachTime()
    {
        List<DateTimeOffset>[] runs = [[], []];
        foreach (var run in runs)
        {
            await using var services = Services();
            var (hub, messaging) = Of(services);
            messaging.When().Returns(Busy);
            await hub.SendAsync(Some.Request());
            await messaging.AdvanceAsync(TimeSpan.FromHours(3));
            run.AddRange(messaging.Attempts.Select(attempt => attempt.SentAt));
        }

        Assert.InRange(runs[0].Count, 3, 100);
        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public async Task AdvanceAsync_Negative_IsRefused()
    {
        await using var services = Services();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Of(services).Messaging.AdvanceAsync(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public async Task ReportAsync_NothingWasSent_SaysSo()
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        var receipt = await hub.SendAsync(Some.Request());

        var error = await Assert.ThrowsAsync<TestMessagingException>(() => messaging.ReportDeliveredAsync(receipt.MessageId));

        Assert.StartsWith($"No channel took message {receipt.MessageId}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MessageEventType.Delivered, DeliveryStatus.Delivered)]
    [InlineData(MessageEventType.Read, DeliveryStatus.Read)]
    [InlineData(MessageEventType.HardBounced, DeliveryStatus.Bounced)]
    [InlineData(MessageEventType.SoftBounced, DeliveryStatus.Bounced)]
    [InlineData(MessageEventType.Undelivered, DeliveryStatus.Failed)]
    public async Task ReportAsync_OfADelivery_IsApplied(MessageEventType type, DeliveryStatus status)
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        var receipt = await hub.SendAsync(Some.Request() with { To = [Some.Recipient(), Some.Recipient()] });
        await messaging.DrainAsync();

        await messaging.ReportAsync(receipt.Deliveries[1].Id, type);

        Assert.Equal(DeliveryStatus.Sent, await StatusAsync(services, receipt.Deliveries[0].Id));
        Assert.Equal(status, await StatusAsync(services, receipt.Deliveries[1].Id));
    }

    [Fact]
    public async Task ReportBouncedAsync_OfAMessage_ReportsEveryDelivery()
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        var receipt = await hub.SendAsync(Some.Request() with { To = [Some.Recipient(), Some.Recipient()] });
        await messaging.DrainAsync();

        await messaging.ReportBouncedAsync(receipt.MessageId, permanent: false);

        foreach (var delivery in receipt.Deliveries)
        {
            Assert.Equal(DeliveryStatus.Bounced, await StatusAsync(services, delivery.Id));
        }
    }

    [Fact]
    public async Task Reset_AfterSending_ForgetsCapturesAndRules()
    {
        await using var services = Services();
        var (hub, messaging) = Of(services);
        messaging.When().Returns(Busy);
        await hub.SendAsync(Some.Request());
        await messaging.DrainAsync();

        messaging.Reset();
        await hub.SendAsync(Some.Request());
        await messaging.DrainAsync();

        messaging.Single<EmailMessage>();
        Assert.Single(messaging.Attempts);
    }

    [Fact]
    public async Task Hosts_SideBySide_DoNotMeet()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            await using var services = Services();
            var (hub, messaging) = Of(services);
            for (var n = 0; n < 20; n++)
            {
                await hub.SendAsync(Some.Request() with { To = Recipient.Email($"host{i}@example.com"), SendAt = messaging.Now.AddHours(n) });
            }

            await messaging.AdvanceAsync(TimeSpan.FromDays(1));

            Assert.Equal(20, messaging.Sent.Count);
            Assert.All(messaging.Sent, mail => Assert.Equal($"host{i}@example.com", mail.To));
        })));
    }

    [Fact]
    public async Task GenericHost_Started_LeavesDispatchingToTheTest()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMessagingTesting();
        builder.Services.AddMessaging(m => m.AddTestChannel("email"));
        using var host = builder.Build();
        await host.StartAsync();
        var (hub, messaging) = Of(host.Services);

        await hub.SendAsync(Some.Request());
        var depth = await host.Services.GetRequiredService<IWorkQueue>().MeasureAsync(default);
        Assert.Equal((1, 0), (depth.Ready, depth.Leased));
        await messaging.DrainAsync();
        await host.StopAsync();

        messaging.Single<EmailMessage>();
    }

    [Fact]
    public async Task AddTestChannel_WithLimitedCapabilities_DegradesWhatItGets()
    {
        await using var services = Services(m => m.AddTestChannel("plain", capabilities: new ChannelCapabilities { Kind = "plain" }));
        var (hub, messaging) = Of(services);

        await hub.SendAsync(Some.Request() with { To = Recipient.To(new("plain", "somebody")), Content = new() { Html = "<p>See <b>you</b></p>" } });
        await messaging.DrainAsync();

        var sent = messaging.Single<OtherMessage>();
        Assert.Equal(("", "See you"), (sent.Html, sent.Text));
    }

    private static ServiceProvider Services(Action<MessagingBuilder>? configure = null) => new ServiceCollection()
        .AddMessaging(m => m.AddTestChannel("email").AddTestChannel("sms").AddMessagingTesting())
        .AddMessaging(configure)
        .BuildServiceProvider();

    private static (IMessageHub Hub, TestMessaging Messaging) Of(IServiceProvider services) =>
        (services.GetRequiredService<IMessageHub>(), services.GetRequiredService<TestMessaging>());

    private static async Task<DeliveryStatus> StatusAsync(IServiceProvider services, DeliveryId id) =>
        (await services.GetRequiredService<IMessageHistory>().GetAsync(TenantId.Default, id))!.Summary.Status;
}

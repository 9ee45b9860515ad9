using Messaging.Channels;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.EndToEnd;

public sealed class HistoryTests
{
    [Fact]
    public async Task GetAsync_DeliveryWithAStory_TellsItInOrderAndWhy()
    {
        await using var host = new TestHost(m => m.QuietHours(quiet => (quiet.From, quiet.To) = (new(9, 0), new(11, 0))));
        host.Messaging.FailNext(new SendResult.Throttled(null, FailureScope.Message, "421", "busy"));
        var receipt = await host.SendAsync(Some.Request() with { Category = Categories.Marketing });
        await host.Messaging.AdvanceAsync(TimeSpan.FromHours(3));
        await host.Messaging.ReportDeliveredAsync(receipt.MessageId);
        await host.Messaging.ReportAsync(receipt.MessageId, MessageEventType.Opened);

        var details = await host.ReadAsync(receipt);

        Assert.Equal(
            ["Accepted", "Deferred quiet_hours", "Attempt Deferred", "Deferred throttled", "Attempt Submitted", "Settled", "Event Delivered", "Event Opened"],
            details.Timeline.Select(Tell));
        Assert.Equal(details.Timeline.OrderBy(entry => entry.At).Select(entry => entry.At), details.Timeline.Select(entry => entry.At));
        Assert.Equal((DeliveryStatus.Delivered, 2), (details.Summary.Status, details.Summary.Attempts));
        Assert.Equal([MessageEventType.Opened], details.Engagement);
        Assert.Equal("See you at 14:00.", details.Content?.Text);
    }

    [Fact]
    public async Task CountAsync_AfterADay_CountsByStatusAccountAndHour()
    {
        await using var host = new TestHost();
        for (var i = 0; i < 3; i++)
        {
            await host.SendAsync();
        }

        await host.Messaging.AdvanceAsync(TimeSpan.FromHours(1));
        host.Messaging.FailNext(new SendResult.Rejected(RejectionReason.Content, FailureScope.Message, "554", "no"));
        await host.SendAsync(Some.Request(ChannelKinds.Sms));
        await host.SendAsync(Some.Request(ChannelKinds.Sms) with { SendAt = host.Now.AddHours(1) });

        var counts = await host.History.CountAsync(new() { Tenant = TenantId.Default });

        Assert.Equal((5, 3, 1, 1, 4), (counts.Total, counts[DeliveryStatus.Sent], counts[DeliveryStatus.Failed], counts[DeliveryStatus.Scheduled], counts.Settled));
        Assert.Contains(new AccountCount("email", "email", DeliveryStatus.Sent, 3), counts.ByAccount);
        Assert.Contains(new AccountCount("sms", "sms", DeliveryStatus.Failed, 1), counts.ByAccount);
        Assert.Equal([3, 1, 1], counts.ByHour.Select(hour => hour.Count));
        Assert.Equal(host.Now.AddHours(-1), counts.ByHour[0].Hour);
    }

    [Fact]
    public async Task QueryAsync_ByFilters_FindsThePagesOfWhatMatches()
    {
        await using var host = new TestHost();
        for (var i = 0; i < 25; i++)
        {
            await host.SendAsync(Some.Request() with { Reference = i % 5 == 0 ? "fifth" : null });
        }

        var query = new DeliveryQuery { Tenant = TenantId.Default, Limit = 10, Statuses = [DeliveryStatus.Sent] };
        List<DeliverySummary> read = [];
        do
        {
            var page = await host.History.QueryAsync(query);
            read.AddRange(page.Items);
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);

        Assert.Equal(25, read.Select(row => row.Id).Distinct().Count());
        Assert.Equal(5, (await host.History.QueryAsync(new() { Tenant = TenantId.Default, Reference = "fifth" })).Items.Count);
        Assert.Empty((await host.History.QueryAsync(new() { Tenant = TenantId.Default, Kind = ChannelKinds.Sms })).Items);
    }

    [Fact]
    public async Task Handlers_OfTheHost_HearWhatHappened()
    {
        var heard = new Heard();
        await using var host = new TestHost(m =>
        {
            m.Services.AddSingleton(heard);
            m.Services.AddScoped<IMessageEventHandler, Listener>();
        });

        var receipt = await host.SendAsync(Some.Request() with { Reference = "booking:981" });
        await host.Messaging.ReportDeliveredAsync(receipt.MessageId);
        await host.Messaging.DrainAsync();

        Assert.Equal([MessageEventType.Submitted, MessageEventType.Delivered], heard.Events.Select(e => e.Type).Where(type => type != MessageEventType.Accepted));
        Assert.All(heard.Events, e => Assert.Equal((receipt.MessageId, "booking:981"), (e.MessageId, e.Reference)));
    }

    private static string Tell(TimelineEntry entry) => entry.Type switch
    {
        TimelineType.Deferred => $"Deferred {entry.Why?.Code}",
        TimelineType.Attempt or TimelineType.Event => $"{entry.Type} {entry.Event}",
        var type => $"{type}",
    };

    private sealed class Heard
    {
        public List<MessageEvent> Events { get; } = [];
    }

    private sealed class Listener(Heard heard) : IMessageEventHandler
    {
        public Task HandleAsync(MessageEvent e, CancellationToken cancellationToken)
        {
            heard.Events.Add(e);
            return Task.CompletedTask;
        }
    }
}

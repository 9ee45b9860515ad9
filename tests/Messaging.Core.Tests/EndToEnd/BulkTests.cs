using Messaging.Channels;
using Messaging.Gates;
using Messaging.Testing;

namespace Messaging.Core.EndToEnd;

public sealed class BulkTests
{
    [Fact]
    public async Task SendBulkAsync_AStream_ReachesEveryone()
    {
        await using var host = new TestHost();
        var receipt = await host.Hub.SendBulkAsync(Bulk(1_000));
        await host.Messaging.DrainAsync();

        Assert.Equal((1_000, 0, 0, 0), (receipt.Accepted, receipt.Duplicates, receipt.Suppressed, receipt.Refused));
        Assert.Equal(1_000, host.Messaging.All<EmailMessage>().Select(mail => mail.To).Distinct().Count());
        var counts = await host.History.CountAsync(new() { Tenant = TenantId.Default, MessageId = receipt.MessageId });
        Assert.Equal(1_000, counts[DeliveryStatus.Sent]);
    }

    [Fact]
    public async Task SendBulkAsync_PlayedAgainUnderItsKey_Resumes()
    {
        await using var host = new TestHost();
        var first = await host.Hub.SendBulkAsync(Bulk(300) with { Key = "newsletter-1" });
        var again = await host.Hub.SendBulkAsync(Bulk(500) with { Key = "newsletter-1" });
        await host.Messaging.DrainAsync();

        Assert.Equal((first.MessageId, 200, 300), (again.MessageId, again.Accepted, again.Duplicates));
        Assert.Equal(500, host.Messaging.Sent.Count);
    }

    [Fact]
    public async Task SendBulkAsync_BadItems_AreRefusedAlone()
    {
        await using var host = new TestHost();
        var items = new[] { Item(0), new BulkItem(Recipient.Email("nobody")) { Reference = "bad" }, Item(1) };

        var receipt = await host.Hub.SendBulkAsync(Bulk(items));
        await host.Messaging.DrainAsync();

        Assert.Equal((2, 1), (receipt.Accepted, receipt.Refused));
        var refused = Assert.Single((await host.History.RefusedAsync(TenantId.Default, receipt.MessageId)).Items);
        Assert.Equal((1, "bad"), (refused.Position, refused.Reference));
        Assert.Equal(2, host.Messaging.Sent.Count);
    }

    [Fact]
    public async Task CancelAsync_BulkHalfSent_WithdrawsTheRest()
    {
        await using var host = new TestHost();
        var receipt = await host.Hub.SendBulkAsync(Bulk(1_000));
        await host.Get<IMessageDispatcher>().StepAsync();
        var sent = host.Messaging.Sent.Count;

        var cancelled = await host.Operations.CancelAsync(TenantId.Default, receipt.MessageId);
        await host.Messaging.DrainAsync();

        Assert.InRange(sent, 1, 999);
        Assert.Equal(1_000 - sent, cancelled);
        Assert.Equal(sent, host.Messaging.Sent.Count);
    }

    [Fact]
    public async Task SendBulkAsync_SomebodyOptsOutHalfWay_GetsNoMore()
    {
        await using var host = new TestHost();
        await host.Hub.SendBulkAsync(Bulk(1_000));
        await host.Get<IMessageDispatcher>().StepAsync();
        var stopped = "r999@example.com";
        Assert.DoesNotContain(host.Messaging.Sent, mail => mail.To == stopped);

        await host.Suppressions.AddAsync(new()
        {
            Tenant = TenantId.Default,
            Address = new(ChannelKinds.Email, stopped),
            Reason = SuppressionReason.Unsubscribed,
            Source = "STOP",
        });
        await host.Messaging.DrainAsync();

        Assert.Equal(999, host.Messaging.Sent.Count);
        Assert.DoesNotContain(host.Messaging.Sent, mail => mail.To == stopped);
    }

    private static BulkItem Item(int i) => new(Recipient.Email($"r{i}@example.com"));

    private static BulkRequest Bulk(int count) => Bulk([.. Enumerable.Range(0, count).Select(Item)]);

    private static BulkRequest Bulk(BulkItem[] items) => new()
    {
        Message = new SendRequest { To = default, Content = Some.Content(), Category = Categories.Marketing },
        Items = items.ToAsyncEnumerable(),
    };
}

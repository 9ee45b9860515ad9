using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Dispatching;

public sealed class FairnessTests
{
    [Fact]
    public async Task StepAsync_TenantWithALongQueue_DelaysAnothersMessageByOneRoundAtMost()
    {
        await using var bench = Bench();
        await SendAsync(bench, "busy", 5_000);
        await bench.StepAsync();
        var id = (await SendAsync(bench, "quiet", 1))[0];

        await bench.StepAsync();

        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
    }

    [Fact]
    public async Task StepAsync_HundredTenants_GetTheSameShareOfEveryRound()
    {
        await using var bench = Bench(m => m.ConfigureDispatcher(o => o.BatchSize = 200));
        for (var tenant = 0; tenant < 100; tenant++)
        {
            await SendAsync(bench, $"tenant-{tenant}", tenant == 0 ? 3_000 : 20);
        }

        for (var round = 1; round <= 10; round++)
        {
            await bench.StepAsync();
            var shares = bench.Test.Sent.CountBy(s => s.Tenant).Select(s => s.Value).ToList();
            Assert.Equal(100, shares.Count);
            Assert.InRange(shares.Max() - shares.Min(), 0, 1);
        }
    }

    [Fact]
    public async Task StepAsync_EndlessUrgentWork_LeavesEveryLaneItsShare()
    {
        await using var bench = Bench(m => m.ConfigureDispatcher(o => (o.BatchSize, o.LaneReservePercent) = (10, 10)));
        foreach (var lane in Enum.GetValues<MessagePriority>())
        {
            await SendAsync(bench, "t", 400, lane);
        }

        for (var round = 0; round < 20; round++)
        {
            await bench.StepAsync();
        }

        var order = bench.Test.Sent.Take(200).ToList();
        var lanes = new Dictionary<MessagePriority, int>();
        foreach (var sent in order)
        {
            var lane = (await bench.FindAsync(sent.DeliveryId)).Delivery.Priority;
            lanes[lane] = lanes.GetValueOrDefault(lane) + 1;
        }

        Assert.Equal(140, lanes[MessagePriority.Critical]);
        Assert.Equal((20, 20, 20), (lanes[MessagePriority.High], lanes[MessagePriority.Normal], lanes[MessagePriority.Bulk]));
    }

    [Fact]
    public async Task StepAsync_ClaimsOfOne_StillServeEveryLane()
    {
        await using var bench = Bench(m => m.ConfigureDispatcher(o => (o.BatchSize, o.LaneReservePercent) = (1, 10)));
        await SendAsync(bench, "t", 200, MessagePriority.Critical);
        await SendAsync(bench, "t", 200, MessagePriority.Bulk);

        for (var round = 0; round < 100; round++)
        {
            await bench.StepAsync();
        }

        var bulk = 0;
        foreach (var sent in bench.Test.Sent)
        {
            bulk += (await bench.FindAsync(sent.DeliveryId)).Delivery.Priority == MessagePriority.Bulk ? 1 : 0;
        }

        Assert.InRange(bulk, 5, 40);
    }

    private static async Task<List<DeliveryId>> SendAsync(Bench bench, string tenant, int count, MessagePriority lane = MessagePriority.Normal)
    {
        List<DeliveryId> ids = [];
        for (var i = 0; i < count; i++)
        {
            ids.Add(await bench.SendAsync(edit: r => r with { Tenant = new TenantId(tenant), Priority = lane }));
        }

        return ids;
    }

    private static Bench Bench(Action<MessagingBuilder>? configure = null) => new(m =>
    {
        m.AddTestChannel("email");
        configure?.Invoke(m);
    });
}

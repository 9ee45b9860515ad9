using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Storage;
using Messaging.Storage.Memory;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.RateLimiting;

/// <summary>Whatever comes in whatever order, on however many nodes: no limit is exceeded in any stretch of time, and none is left unused while somebody waits.</summary>
public sealed class LimitBoundTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task AnyTraffic_OverTwoNodes_StaysWithinEveryLimitAndUsesIt(int seed)
    {
        var random = new Random(seed);
        var account = new RateLimit(random.Next(1, 40), TimeSpan.FromSeconds(random.Next(5, 120)), random.Next(1, 20));
        var tenant = new RateLimit(random.Next(1, 20), TimeSpan.FromSeconds(random.Next(5, 60)), random.Next(1, 10));
        var clock = new ManualTimeProvider();
        using var store = new MemoryStore(clock);
        var limits = new MemoryRateLimitStore(clock);
        Bench[] nodes = [Node(), Node()];

        for (var i = 0; i < 300; i++)
        {
            for (var n = random.Next(4); n > 0; n--)
            {
                await nodes[random.Next(2)].SendAsync(edit: r => r with { Tenant = new TenantId($"tenant-{random.Next(3)}"), Priority = (MessagePriority)random.Next(4) });
            }

            await nodes[random.Next(2)].StepAsync();
            clock.Advance(TimeSpan.FromMilliseconds(random.Next(3_000)));
        }

        var sent = nodes.SelectMany(n => n.Test.Sent).OrderBy(s => s.SentAt).ToList();
        AssertWithin(account, [.. sent.Select(s => s.SentAt)]);
        foreach (var own in sent.GroupBy(s => s.Tenant))
        {
            AssertWithin(tenant, [.. own.Select(s => s.SentAt)]);
        }

        // Nobody waits for ever: with nothing new coming, everything goes.
        for (var i = 0; i < 20_000 && (await nodes[0].Queue.MeasureAsync(CancellationToken.None)) is { Waiting: > 0 } or { Ready: > 0 }; i++)
        {
            await nodes[i % 2].StepAsync();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, (await nodes[0].Queue.MeasureAsync(CancellationToken.None)).Waiting);
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        Bench Node() => new(
            m =>
            {
                m.AddTestChannel("email");
                m.ConfigureLimits(l => (l.Tenant, l.Account) = (tenant, new AccountLimits { Account = account }));
                m.Services.AddSingleton(store);
                m.Services.AddSingleton<IRateLimitStore>(limits);
            },
            clock);
    }

    /// <summary>In every stretch between two sends: no more than the burst and what came back meanwhile.</summary>
    private static void AssertWithin(RateLimit limit, List<DateTimeOffset> sent)
    {
        for (var first = 0; first < sent.Count; first++)
        {
            for (var last = first; last < sent.Count; last++)
            {
                var most = limit.Burst + ((sent[last] - sent[first]) / limit.Period * limit.Permits);
                Assert.True(last - first + 1 <= most + 1e-6, $"{last - first + 1} in {sent[last] - sent[first]} with {limit}");
            }
        }
    }
}

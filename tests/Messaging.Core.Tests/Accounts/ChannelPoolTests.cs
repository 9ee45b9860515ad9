using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Accounts;

public sealed class ChannelPoolTests
{
    private readonly FakeChannelFactory _factory = new();

    [Fact]
    public async Task Lease_SameVersion_GivesTheSameChannel()
    {
        await using var host = Host();
        var pool = host.Get<ChannelPool>();

        using var first = pool.Lease(Some.Account() with { Scheme = "test" });
        using var second = pool.Lease(Some.Account() with { Scheme = "test" });

        Assert.Same(first.Channel, second.Channel);
    }

    [Fact]
    public async Task Lease_NewVersionWhileTheOldIsInUse_DisposesTheOldOnlyOnceItIsDrained()
    {
        await using var host = Host();
        var pool = host.Get<ChannelPool>();
        var old = pool.Lease(Some.Account());

        using var current = pool.Lease(Some.Account() with { Version = "2" });

        Assert.NotSame(old.Channel, current.Channel);
        Assert.False(((FakeChannel)old.Channel).Disposed);
        old.Dispose();
        Assert.True(((FakeChannel)old.Channel).Disposed);
    }

    [Fact]
    public async Task Lease_TenantAndHostUseOneName_GetChannelsOfTheirOwn()
    {
        await using var host = Host();
        var pool = host.Get<ChannelPool>();

        using var hosts = pool.Lease(Some.Account());
        using var tenants = pool.Lease(Some.Account() with { Tenant = new TenantId("salon") });

        Assert.NotSame(hosts.Channel, tenants.Channel);
    }

    [Fact]
    public async Task Lease_MoreThanTheBound_ClosesTheOneUnusedForLongest()
    {
        await using var host = Host(m => m.ConfigureAccountDirectory(o => o.MaxLiveChannels = 2));
        var pool = host.Get<ChannelPool>();
        foreach (var name in new[] { "a", "b", "a", "c" })
        {
            pool.Lease(Some.Account(name: name)).Dispose();
            host.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, pool.Count);
        Assert.True(_factory["b"].Disposed);
        Assert.False(_factory["a"].Disposed);
    }

    [Fact]
    public async Task Lease_ManyThreads_NeverUseADisposedChannel()
    {
        await using var host = Host();
        var pool = host.Get<ChannelPool>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                using var lease = pool.Lease(Some.Account() with { Version = (i / 50 % 3).ToString() });
                Assert.False(((FakeChannel)lease.Channel).Disposed);
            }
        })));

        Assert.Equal(1, pool.Count);
        Assert.Equal(1, _factory.Made.Count(c => !c.Disposed));
    }

    [Fact]
    public async Task DisposeAsync_ClosesEverything()
    {
        var host = Host();
        host.Get<ChannelPool>().Lease(Some.Account()).Dispose();

        await host.DisposeAsync();

        Assert.True(_factory.Made.Single().Disposed);
    }

    private CoreHost Host(Action<MessagingBuilder>? configure = null) => new(m =>
    {
        m.AddFactory(_factory);
        configure?.Invoke(m);
    });
}

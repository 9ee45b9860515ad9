using Messaging.Channels;
using Messaging.Testing.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Testing.DependencyInjection;

public sealed class MessagingTestingExtensionsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AddMessagingTesting_BeforeOrAfterAddMessaging_SwapsTheClock(bool before)
    {
        var services = new ServiceCollection();
        if (before)
        {
            services.AddMessagingTesting();
        }

        services.AddMessaging();
        if (!before)
        {
            services.AddMessagingTesting();
        }

        using var provider = services.BuildServiceProvider();
        Assert.IsType<ManualTimeProvider>(provider.GetRequiredService<TimeProvider>());
        Assert.Same(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ManualTimeProvider>());
    }

    [Fact]
    public void AddMessagingTesting_ClockRegisteredAlready_UsesIt()
    {
        var clock = new ManualTimeProvider(Some.Instant.AddYears(1));
        using var provider = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddMessaging(m => m.AddMessagingTesting()).BuildServiceProvider();

        Assert.Same(clock, provider.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public void AddMessagingTesting_HostsOwnClock_UsesItAndMovesItByTheDelegate()
    {
        var clock = new OwnClock();
        using var provider = new ServiceCollection().AddMessagingTesting(clock, by => clock.Now += by).BuildServiceProvider();

        provider.GetRequiredService<TestClock>().Advance(TimeSpan.FromHours(1));

        Assert.Same(clock, provider.GetRequiredService<TimeProvider>());
        Assert.Equal(Some.Instant.AddHours(1), provider.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    [Fact]
    public void AddMessagingTesting_Twice_CapturesOnce()
    {
        using var provider = new ServiceCollection().AddMessagingTesting().AddMessagingTesting().BuildServiceProvider();

        Assert.Single(provider.GetServices<IChannelDecorator>());
    }

    [Fact]
    public void AddMessagingTesting_HostHasDecorators_IsInnermost()
    {
        using var provider = new ServiceCollection().AddSingleton<IChannelDecorator, Own>().AddMessagingTesting().BuildServiceProvider();

        Assert.IsType<TestChannelDecorator>(provider.GetServices<IChannelDecorator>().First());
    }

    private sealed class OwnClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Some.Instant;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Own : IChannelDecorator
    {
        public IChannel Decorate(IChannel channel, ChannelAccount account) => channel;
    }
}

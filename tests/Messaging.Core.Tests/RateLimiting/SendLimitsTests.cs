using System.Threading.RateLimiting;
using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.RateLimiting;
using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Core.RateLimiting;

public sealed class SendLimitsTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task StepAsync_NothingConfigured_LimitsNothing()
    {
        await using var bench = Bench();
        await SendAsync(bench, 1_000);

        await bench.Test.DrainAsync();

        Assert.Equal(1_000, bench.Test.Sent.Count);
    }

    [Fact]
    public async Task StepAsync_AccountLimit_SendsTheBurstAndThenOneAfterTheOther()
    {
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limits = new AccountLimits { Account = new RateLimit(20, s_minute, 5) }));
        await SendAsync(bench, 50);

        await bench.Test.DrainAsync();
        Assert.Equal(5, bench.Test.Sent.Count);
        await bench.Test.AdvanceAsync(s_minute);
        Assert.Equal(25, bench.Test.Sent.Count);
        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(1.25));

        Assert.Equal(50, bench.Test.Sent.Count);
        Assert.All(bench.Test.Sent, sent => Assert.Equal(1, sent.Attempt));
    }

    [Fact]
    public async Task StepAsync_Throttled_SaysWhichLimitAndUntilWhen()
    {
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limits = new AccountLimits { Account = new RateLimit(20, s_minute, 1) }));
        var ids = await SendAsync(bench, 3);

        await bench.StepAsync();

        var state = await bench.StateAsync(ids[2]);
        Assert.Equal((WorkState.Waiting, 0, WhyCodes.RateLimited), (state.Work, state.Attempts, state.Why!.Code));
        Assert.Equal(bench.Now + TimeSpan.FromSeconds(6), state.Why.Until);
        Assert.Equal(state.Why.Until, state.DueAt);
        Assert.Contains("'email' may send 20 in 00:01:00", state.Why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StepAsync_TenThousandThrottled_DoNotWakeTogetherAndWakeAboutOnce()
    {
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limits = new AccountLimits { Account = new RateLimit(20, TimeSpan.FromSeconds(1), 20) }));
        await SendAsync(bench, 5_000);
        var work = await bench.Test.DrainAsync();
        Assert.Equal(5_000, work);

        var most = 0;
        for (var i = 0; i < 120; i++)
        {
            var claimed = await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(1));
            work += claimed;
            most = Math.Max(most, claimed);
        }

        Assert.InRange(bench.Test.Sent.Count, 2_300, 2_420);
        Assert.InRange(most, 1, 60);
        Assert.InRange(work, 5_000 + 2_300, 5_000 + 4_000);
    }

    [Fact]
    public async Task StepAsync_DailyLimit_HoldsUntilMidnightUtc()
    {
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limits = new AccountLimits { PerDay = 10 }));
        var ids = await SendAsync(bench, 25);

        await bench.Test.AdvanceAsync(TimeSpan.FromHours(13));
        Assert.Equal(10, bench.Test.Sent.Count);
        var until = (await bench.StateAsync(ids[24])).Why!.Until;
        Assert.InRange(until!.Value, new DateTimeOffset(2026, 1, 6, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 6, 0, 0, 1, TimeSpan.Zero));
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(20, bench.Test.Sent.Count);
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(24));
        Assert.Equal(25, bench.Test.Sent.Count);
    }

    [Fact]
    public async Task StepAsync_RecipientLimit_HoldsUpNobodyElse()
    {
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limits = new AccountLimits { Recipient = new RateLimit(1, s_minute, 1) }));
        var same = Some.Recipient();
        for (var i = 0; i < 3; i++)
        {
            await bench.SendAsync(same);
        }

        await SendAsync(bench, 10);
        await bench.Test.DrainAsync();
        Assert.Equal(11, bench.Test.Sent.Count);
        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(13, bench.Test.Sent.Count);
    }

    [Fact]
    public async Task StepAsync_TenantLimitAndItsOverride_EachTenantHasItsOwn()
    {
        await using var bench = Bench(m => m.ConfigureLimits(l =>
        {
            l.Tenant = new RateLimit(1, s_minute, 2);
            l.Tenants["big"] = new RateLimit(1, s_minute, 5);
            l.Tenants["free"] = null;
        }));
        foreach (var tenant in new[] { "small", "other", "big", "free" })
        {
            for (var i = 0; i < 8; i++)
            {
                await bench.SendAsync(edit: r => r with { Tenant = new TenantId(tenant) });
            }
        }

        await bench.Test.DrainAsync();

        Assert.Equal([("big", 5), ("free", 8), ("other", 2), ("small", 2)], bench.Test.Sent.CountBy(s => s.Tenant.Value).Select(c => (c.Key, c.Value)).Order());
    }

    [Fact]
    public async Task StepAsync_SeveralLimits_AllGrantOrNoneIsCharged()
    {
        await using var bench = Bench(m => m
            .ConfigureLimits(l => l.Tenant = new RateLimit(1, s_minute, 2))
            .ConfigureAccount("email", a => a.Limits = new AccountLimits { Account = new RateLimit(1, TimeSpan.FromHours(1), 3) }));
        for (var i = 0; i < 10; i++)
        {
            await bench.SendAsync(edit: r => r with { Tenant = new TenantId("first") });
        }

        await bench.Test.DrainAsync();
        await bench.SendAsync(edit: r => r with { Tenant = new TenantId("second") });
        await bench.Test.DrainAsync();

        Assert.Equal([("first", 2), ("second", 1)], bench.Test.Sent.CountBy(s => s.Tenant.Value).Select(c => (c.Key, c.Value)).Order());
    }

    [Fact]
    public async Task StepAsync_ProvidersOwnLimit_HoldsUnlessTheHostSaysOtherwise()
    {
        var declared = new ChannelCapabilities { Kind = ChannelKinds.Email, Subject = true, Html = true, AccountLimit = new RateLimit(1, s_minute, 2) };
        await using var provider = new Bench(m => m.AddTestChannel("email", capabilities: declared));
        await using var host = new Bench(m => m.AddTestChannel("email", capabilities: declared)
            .ConfigureAccount("email", a => a.Limits = new AccountLimits { Account = new RateLimit(1, s_minute, 4) }));
        await using var off = new Bench(m => m.AddTestChannel("email", capabilities: declared).ConfigureLimits(l => l.ProviderLimits = false));

        foreach (var (bench, sent) in new[] { (provider, 2), (host, 4), (off, 6) })
        {
            await SendAsync(bench, 6);
            await bench.Test.DrainAsync();
            Assert.Equal(sent, bench.Test.Sent.Count);
        }
    }

    [Fact]
    public async Task StepAsync_Conservative_IsWhatItSays()
    {
        await using var bench = Bench(m => m.ConfigureLimits(Limits.Conservative));
        await SendAsync(bench, 300);

        await bench.Test.DrainAsync();
        Assert.Equal(20, bench.Test.Sent.Count);
        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(220, bench.Test.Sent.Count);
    }

    [Fact]
    public async Task StepAsync_HostsOwnLimiter_IsAskedAndItsRetryAfterHonoured()
    {
        using var limiter = new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions
        {
            PermitLimit = 3,
            Window = TimeSpan.FromHours(2),
            AutoReplenishment = false,
            QueueLimit = 0,
        });
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limiter = _ => limiter));
        var ids = await SendAsync(bench, 5);

        await bench.StepAsync();

        Assert.Equal(3, bench.Test.Sent.Count);
        var state = await bench.StateAsync(ids[4]);
        Assert.Equal(WhyCodes.RateLimited, state.Why!.Code);
        Assert.InRange(state.DueAt - bench.Now, TimeSpan.FromHours(1.9), TimeSpan.FromHours(2.1));
    }

    [Fact]
    public async Task StepAsync_CancelledBeforeTheCall_GivesTheHostsPermitBack()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 2, QueueLimit = 0 });
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limiter = _ => limiter));
        using var cancel = new CancellationTokenSource();
        bench.Test.When().Returns(_ =>
        {
            cancel.Cancel();
            return new SendResult.Accepted("id");
        }).Times(1);
        await bench.SendAsync();
        await bench.SendAsync();

        await bench.Get<IMessageDispatcher>().StepAsync(cancel.Token);

        Assert.Single(bench.Test.Attempts);
        Assert.Equal(2, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task StepAsync_HostsConcurrencyLimiter_GetsItsPermitBackAfterTheCall()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 300, QueueLimit = 0 });
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limiter = _ => limiter));
        await SendAsync(bench, 250);

        await bench.Test.DrainAsync();

        Assert.Equal(250, bench.Test.Sent.Count);
        Assert.Equal(300, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task StepAsync_LimitedTenant_DoesNotHoldUpAnother()
    {
        await using var bench = Bench(m => m.ConfigureLimits(l => l.Tenants["busy"] = new RateLimit(1, s_minute, 1)));
        for (var i = 0; i < 2_000; i++)
        {
            await bench.SendAsync(edit: r => r with { Tenant = new TenantId("busy") });
        }

        var id = await bench.SendAsync(edit: r => r with { Tenant = new TenantId("quiet") });
        await bench.StepAsync();

        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
    }

    [Fact]
    public async Task StepAsync_CriticalBehindAThrottledBulk_GetsTheNextPermit()
    {
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limits = new AccountLimits { Account = new RateLimit(20, s_minute, 1) }));
        for (var i = 0; i < 200; i++)
        {
            await bench.SendAsync(edit: r => r with { Priority = MessagePriority.Bulk });
        }

        await bench.Test.DrainAsync();
        var id = await bench.SendAsync(edit: r => r with { Priority = MessagePriority.Critical });
        await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
    }

    [Theory]
    [InlineData(0, 1, "Permits")]
    [InlineData(1, 0, "Burst")]
    public async Task Options_OutOfRange_NameTheOption(int permits, int burst, string option)
    {
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limits = new AccountLimits { Account = new RateLimit(permits, s_minute, burst) }));
        await bench.SendAsync();

        var e = Assert.Throws<OptionsValidationException>(() => bench.Get<IOptionsMonitor<AccountOptions>>().Get("email"));

        Assert.Contains($"ConfigureAccount(\"email\").Limits.Account.{option}", e.Message, StringComparison.Ordinal);
    }

    private static async Task<List<DeliveryId>> SendAsync(Bench bench, int count)
    {
        List<DeliveryId> ids = [];
        for (var i = 0; i < count; i++)
        {
            ids.Add(await bench.SendAsync());
        }

        return ids;
    }

    private static Bench Bench(Action<MessagingBuilder>? configure = null) => new(m =>
    {
        m.AddTestChannel("email");
        configure?.Invoke(m);
    });
}

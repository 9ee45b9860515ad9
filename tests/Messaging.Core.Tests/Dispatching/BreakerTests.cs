using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Gates;
using Messaging.Storage;
using Messaging.Storage.Memory;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Dispatching;

public sealed class BreakerTests
{
    private static readonly SendResult s_down = new SendResult.NotSent("connection refused");

    [Fact]
    public async Task StepAsync_AccountKeepsFailing_IsLeftAloneAndItsDeliveriesAreHeld()
    {
        await using var bench = Bench();
        bench.Test.When().Returns(s_down);
        var ids = await SendAsync(bench, 5);
        await bench.StepAsync();
        ids.AddRange(await SendAsync(bench, 20));

        await bench.StepAsync();

        Assert.Equal(5, bench.Test.Attempts.Count);
        foreach (var id in ids.Skip(5))
        {
            var state = await bench.StateAsync(id);
            Assert.Equal((WorkState.Parked, WhyCodes.BreakerOpen, 0), (state.Work, state.Why!.Code, state.Attempts));
            Assert.Equal(bench.Now + TimeSpan.FromSeconds(30), state.Why.Until);
            Assert.Contains("connection refused", state.Why.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task StepAsync_TimeIsOver_OneDeliveryTriesAndAllFollow()
    {
        await using var bench = Bench();
        bench.Test.When().Returns(s_down).Times(5);
        await SendAsync(bench, 5);
        await bench.StepAsync();
        var ids = await SendAsync(bench, 50);
        await bench.StepAsync();

        await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await SentAsync(bench, ids));
        await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(50, await SentAsync(bench, ids));
    }

    [Fact]
    public async Task StepAsync_StillDown_OnlyTheProbesCallAndWaitsDouble()
    {
        await using var bench = Bench(m => m.ConfigureKind("email", k => k.RetryAfter = [TimeSpan.FromDays(1)]));
        bench.Test.When().Returns(s_down);
        await SendAsync(bench, 5);
        await bench.StepAsync();
        await SendAsync(bench, 100);
        await bench.StepAsync();

        List<double> calls = [];
        var start = bench.Now;
        while (bench.Now - start < TimeSpan.FromMinutes(8))
        {
            var before = bench.Test.Attempts.Count;
            await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(1));
            calls.AddRange(bench.Test.Attempts.Skip(before).Select(a => (a.SentAt - start).TotalSeconds));
        }

        Assert.Equal([30, 90, 210, 450], calls);
    }

    [Fact]
    public async Task StepAsync_LoginRefused_IsLeftAloneAtOnce()
    {
        await using var bench = Bench();
        bench.Test.When().Returns(new SendResult.Rejected(RejectionReason.Authentication, FailureScope.Account, "535 5.7.8", "authentication failed"));
        var ids = await SendAsync(bench, 1);
        await bench.StepAsync();
        await SendAsync(bench, 10);

        await bench.StepAsync();

        Assert.Single(bench.Test.Attempts);
        Assert.Equal(WorkState.Waiting, (await bench.StateAsync(ids[0])).Work);
    }

    [Fact]
    public async Task StepAsync_ProviderAsksTheWholeAccountToWait_NobodyCallsSooner()
    {
        await using var bench = Bench();
        bench.Test.FailNext(new SendResult.Throttled(TimeSpan.FromSeconds(45), FailureScope.Account, "429", "slow down"));
        var ids = await SendAsync(bench, 1);
        await bench.StepAsync();
        ids.AddRange(await SendAsync(bench, 10));

        await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(44.9));
        Assert.Single(bench.Test.Attempts);
        await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(11, await SentAsync(bench, ids));
    }

    [Fact]
    public async Task StepAsync_OthersFaults_DoNotCount()
    {
        await using var bench = Bench();
        bench.Test.When().Returns(new SendResult.NotSent("bad attachment", FailureScope.Message)).Times(20);
        await SendAsync(bench, 20);
        await bench.StepAsync();
        bench.Test.When().Returns(new SendResult.Unconfirmed("reset")).Times(20);
        await SendAsync(bench, 20);
        await bench.StepAsync();

        var ids = await SendAsync(bench, 1);
        await bench.StepAsync();

        Assert.Equal(1, await SentAsync(bench, ids));
    }

    [Fact]
    public async Task StepAsync_FewFailuresAmongManySuccesses_StaysClosed()
    {
        await using var bench = Bench();
        var count = 0;
        bench.Test.When().Returns(_ => ++count % 4 == 0 ? s_down : new SendResult.Accepted("x"));

        await SendAsync(bench, 100);
        await bench.StepAsync();

        Assert.Equal(100, bench.Test.Attempts.Count);
    }

    [Fact]
    public async Task StepAsync_ProbeIsSuppressed_AnotherOneIsWoken()
    {
        await using var bench = Bench(m => m.ConfigureKind("email", k => k.RetryAfter = [TimeSpan.FromDays(1)]));
        bench.Test.When().Returns(s_down).Times(5);
        await SendAsync(bench, 5);
        await bench.StepAsync();
        var address = Some.Address();
        var suppressed = await bench.SendAsync(Recipient.To(address));
        var other = await bench.SendAsync();
        await bench.StepAsync();
        await bench.Get<ISuppressions>().AddAsync(
            new Suppression { Tenant = TenantId.Default, Address = address, Reason = SuppressionReason.Unsubscribed, Source = "test" });

        await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(DeliveryStatus.Suppressed, await bench.StatusAsync(suppressed));
        await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(other));
    }

    [Fact]
    public async Task StepAsync_OtherNodeOpenedIt_IsSeenHereWithinTwoSeconds()
    {
        var clock = new ManualTimeProvider();
        using var store = new MemoryStore(clock);
        await using var here = Bench(m => m.Services.AddSingleton(store), clock);
        await using var there = Bench(m => m.Services.AddSingleton(store), clock);
        await SendAsync(here, 1);
        await here.StepAsync();

        there.Test.When().Returns(new SendResult.Rejected(RejectionReason.Authentication, FailureScope.Account, "535", "no"));
        await SendAsync(there, 1);
        await there.StepAsync();
        clock.Advance(TimeSpan.FromSeconds(2.1));
        var id = (await SendAsync(here, 1))[0];
        await here.StepAsync();

        Assert.Single(here.Test.Attempts);
        Assert.Equal(WhyCodes.BreakerOpen, (await here.StateAsync(id)).Why!.Code);
    }

    [Fact]
    public async Task StepAsync_ManyWaitForAnAccountThatFailsAgain_OnlyAFewAreTakenUp()
    {
        await using var bench = Bench(m => m.ConfigureKind("email", k => k.RetryAfter = [TimeSpan.FromDays(1)]));
        bench.Test.When().Returns(s_down).Times(5);
        await SendAsync(bench, 5);
        await bench.StepAsync();
        await SendAsync(bench, 3_000);
        await bench.Test.DrainAsync();

        // The probe succeeds, the next login is refused: those that were let go are held again, the others never woke.
        var calls = 0;
        bench.Test.When().Returns(_ => ++calls == 1 ? new SendResult.Accepted("x") : new SendResult.Rejected(RejectionReason.Authentication, FailureScope.Account, "535", "no"));
        bench.Clock.Advance(TimeSpan.FromSeconds(30));
        var claimed = await bench.Test.DrainAsync();

        Assert.InRange(calls, 2, 40);
        Assert.InRange(claimed, 500, 1_000);
    }

    [Fact]
    public async Task StepAsync_GroupWhoseFirstFails_UsesTheSecondWithoutWaiting()
    {
        await using var bench = Group(g => g.Failover("a", "b"));
        bench.Test.When(account: "a").Returns(s_down);
        var id = await bench.SendAsync(edit: r => r with { Channel = "group" });

        await bench.Test.DrainAsync();

        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
        Assert.Equal(["a", "b"], bench.Test.Attempts.Select(a => a.Account));
        Assert.Equal(bench.Now, bench.Test.Attempts[^1].SentAt);
    }

    [Fact]
    public async Task StepAsync_GroupWhoseFirstFailsInTheMiddleOfABatch_TheRestGoByTheSecondAtOnce()
    {
        await using var bench = Group(g => g.Failover("a", "b"));
        bench.Test.When(account: "a").Returns(s_down);
        var ids = new List<DeliveryId>();
        for (var i = 0; i < 100; i++)
        {
            ids.Add(await bench.SendAsync(edit: r => r with { Channel = "group" }));
        }

        await bench.Test.DrainAsync();

        Assert.InRange(bench.Test.Attempts.Count(attempt => attempt.Account == "a"), 1, 40);
        foreach (var id in ids)
        {
            Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
        }
    }

    [Fact]
    public async Task StepAsync_GroupWhoseFirstIsOpen_SkipsItWithoutACall()
    {
        await using var bench = Group(g => g.Failover("a", "b"));
        bench.Test.When(account: "a").Returns(s_down);
        for (var i = 0; i < 5; i++)
        {
            await bench.SendAsync(edit: r => r with { Channel = "group" });
            await bench.Test.DrainAsync();
        }

        bench.Test.Reset();
        await bench.SendAsync(edit: r => r with { Channel = "group" });
        await bench.Test.DrainAsync();

        Assert.Equal("b", Assert.Single(bench.Test.Attempts).Account);
    }

    [Fact]
    public async Task StepAsync_WholeGroupDown_TriesEachOnceThenWaits()
    {
        await using var bench = Group(g => g.Failover("a", "b"));
        bench.Test.When().Returns(s_down);
        var id = await bench.SendAsync(edit: r => r with { Channel = "group" });

        await bench.Test.DrainAsync();

        Assert.Equal(["a", "b"], bench.Test.Attempts.Select(a => a.Account));
        Assert.Equal(WorkState.Waiting, (await bench.StateAsync(id)).Work);
    }

    [Fact]
    public async Task StepAsync_WholeGroupOpen_GoesOnAsSoonAsOneOfThemWorks()
    {
        await using var bench = Group(g => g.Failover("a", "b"));
        var refused = new SendResult.Rejected(RejectionReason.Authentication, FailureScope.Account, "535", "no");
        bench.Test.When(account: "a").Returns(refused);
        bench.Test.When(account: "b").Returns(refused).Times(1);
        await bench.SendAsync(edit: r => r with { Channel = "group" });
        await bench.Test.DrainAsync();
        var ids = new List<DeliveryId>();
        for (var i = 0; i < 10; i++)
        {
            ids.Add(await bench.SendAsync(edit: r => r with { Channel = "group" }));
        }

        await bench.Test.DrainAsync();
        Assert.Equal(0, await SentAsync(bench, ids));
        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(10, await SentAsync(bench, ids));
        Assert.All(bench.Test.Sent, sent => Assert.Equal("b", sent.Account));
    }

    [Theory]
    [InlineData(false, "a", "a")]
    [InlineData(true, "a", "b")]
    public async Task StepAsync_UnknownOutcomeInAGroup_GoesElsewhereOnlyWhenThePolicySaysSo(bool failOver, params string[] accounts)
    {
        await using var bench = Group(g => g.RoundRobin("a", "b"), m => m.ConfigureKind("email", k => k.FailOverUnconfirmed = failOver));
        bench.Test.FailNext(new SendResult.Unconfirmed("reset"));
        await bench.SendAsync(edit: r => r with { Channel = "group" });

        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(accounts, bench.Test.Attempts.Select(a => a.Account));
    }

    [Fact]
    public async Task StepAsync_PausedAccountOfAGroup_IsPassedOver()
    {
        await using var bench = Group(g => g.Failover("a", "b"));
        await bench.Operations.PauseAsync(new PauseScope(TenantId.Default, "a"), "maintenance");
        await bench.SendAsync(edit: r => r with { Channel = "group" });

        await bench.Test.DrainAsync();

        Assert.Equal("b", Assert.Single(bench.Test.Sent).Account);
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

    private static async Task<int> SentAsync(Bench bench, IReadOnlyList<DeliveryId> ids)
    {
        var sent = 0;
        foreach (var id in ids)
        {
            sent += await bench.StatusAsync(id) == DeliveryStatus.Sent ? 1 : 0;
        }

        return sent;
    }

    private static Bench Bench(Action<MessagingBuilder>? configure = null, ManualTimeProvider? clock = null) => new(
        m =>
        {
            m.AddTestChannel("email");
            configure?.Invoke(m);
        },
        clock);

    private static Bench Group(Action<AccountGroupBuilder> group, Action<MessagingBuilder>? configure = null) => new(m =>
    {
        m.AddTestChannel("a", ChannelKinds.Email).AddTestChannel("b", ChannelKinds.Email).AddAccountGroup("group", group);
        configure?.Invoke(m);
    });
}

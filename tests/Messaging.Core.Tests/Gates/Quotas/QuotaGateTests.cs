using static Messaging.Gates.GateHarness;

namespace Messaging.Gates;

public sealed class QuotaGateTests : IDisposable
{
    private readonly GateHarness _harness = new();
    private readonly QuotaOptions _options = new() { PerDay = 3 };

    [Fact]
    public async Task EvaluateAsync_OverTheDay_DefersUntilMidnight()
    {
        var candidates = await SendAsync(4);

        Assert.Equal([null, null, null, Day(6)], candidates.Select(candidate => candidate.Why?.Until));
        Assert.Equal(new Why(WhyCodes.Quota, "The tenant used up its quota of 3 messages a day.", Day(6)), candidates[3].Why);
    }

    [Fact]
    public async Task EvaluateAsync_NextDay_CountsAnew()
    {
        await SendAsync(3);
        _harness.Clock.AdvanceTo(Day(6));

        Assert.All(await SendAsync(3), candidate => Assert.Equal(GateOutcome.Pass, candidate.Outcome));
    }

    [Fact]
    public async Task EvaluateAsync_OverTheMonth_DefersUntilTheNext()
    {
        _options.PerMonth = 4;
        await SendAsync(3);
        _harness.Clock.AdvanceTo(Day(6));

        var candidates = await SendAsync(2);

        Assert.Equal([null, new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)], candidates.Select(candidate => candidate.Why?.Until));
    }

    [Fact]
    public async Task EvaluateAsync_TenantWithItsOwn_GoesByIt()
    {
        _options.Tenants["salon"] = new QuotaRule { PerDay = 1 };
        _options.Tenants["free"] = new QuotaRule();

        Assert.Equal(1, (await SendAsync(5, new("salon"))).Count(candidate => candidate.Outcome == GateOutcome.Pass));
        Assert.Equal(5, (await SendAsync(5, new("free"))).Count(candidate => candidate.Outcome == GateOutcome.Pass));
        Assert.Equal(3, (await SendAsync(5)).Count(candidate => candidate.Outcome == GateOutcome.Pass));
    }

    [Fact]
    public async Task EvaluateAsync_AtAcceptOrDryRun_CountsNothing()
    {
        var gate = NewGate();
        for (var i = 0; i < 10; i++)
        {
            var candidate = Candidate();
            await gate.EvaluateAsync(_harness.Batch(candidate), default);
            await gate.EvaluateAsync(new([candidate], _harness.Clock.Now, dryRun: true, beforeSend: true), default);
            Assert.Equal(GateOutcome.Pass, candidate.Outcome);
        }

        Assert.All(await SendAsync(3), candidate => Assert.Equal(GateOutcome.Pass, candidate.Outcome));
    }

    [Fact]
    public async Task EvaluateAsync_AtAcceptWhenUsedUp_Defers()
    {
        await SendAsync(3);
        var candidate = Candidate();

        await NewGate().EvaluateAsync(_harness.Batch(candidate), default);

        Assert.Equal(Day(6), candidate.Why!.Until);
    }

    [Fact]
    public async Task EvaluateAsync_CountedAtAnEarlierClaim_PassesWithoutCounting()
    {
        await SendAsync(3);
        var retried = Candidate(counted: true);

        await NewGate().EvaluateAsync(_harness.Sending(retried), default);

        Assert.Equal(GateOutcome.Pass, retried.Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_OtherNodeIsFaster_DecidesOnceMoreAndNeverGoesPastTheQuota()
    {
        var store = new RacingStore(_harness.Store);
        var slow = new QuotaGate(_harness.Store, new EntityEditor(_harness.Store, store), new FixedOptions<QuotaOptions>(_options));
        GateCandidate[] mine = [Candidate(), Candidate()];
        store.Meanwhile.Enqueue(() => SendAsync(1));
        store.Meanwhile.Enqueue(() => SendAsync(1));

        await slow.EvaluateAsync(_harness.Sending(mine), default);

        Assert.Equal([GateOutcome.Pass, GateOutcome.Defer], mine.Select(candidate => candidate.Outcome));
    }

    public void Dispose() => _harness.Dispose();

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    private QuotaGate NewGate() => new(_harness.Store, _harness.Editor, new FixedOptions<QuotaOptions>(_options));

    private async Task<GateCandidate[]> SendAsync(int count, TenantId? tenant = null)
    {
        var candidates = Enumerable.Range(0, count).Select(_ => Candidate(tenant: tenant)).ToArray();
        await NewGate().EvaluateAsync(_harness.Sending(candidates), default);
        return candidates;
    }
}

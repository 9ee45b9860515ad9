using Messaging.Storage;
using static Messaging.Gates.GateHarness;

namespace Messaging.Gates;

public sealed class FrequencyCapGateTests : IDisposable
{
    private readonly GateHarness _harness = new();
    private readonly FrequencyCapOptions _options = new() { Limit = 3, Period = TimeSpan.FromDays(30) };
    private readonly FrequencyCapGate _gate;

    public FrequencyCapGateTests() => _gate = NewGate();

    [Fact]
    public async Task EvaluateAsync_OverTheCap_DefersUntilTheOldestIsAPeriodOld()
    {
        var first = _harness.Clock.Now;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(GateOutcome.Pass, (await SendAsync(Candidate())).Outcome);
            _harness.Clock.Advance(TimeSpan.FromDays(1));
        }

        var deferred = await SendAsync(Candidate());

        Assert.Equal((GateOutcome.Defer, WhyCodes.FrequencyCap, first.AddDays(30)), (deferred.Outcome, deferred.Why!.Code, deferred.Why.Until));
        Assert.Null(deferred.ParkKey);
    }

    [Fact]
    public async Task EvaluateAsync_DeferralEnded_OneMorePasses()
    {
        await SendAsync(Candidate(), Candidate(), Candidate());
        var late = Candidate();
        await SendAsync(late);

        _harness.Clock.AdvanceTo(late.Why!.Until!.Value);

        Assert.Equal(GateOutcome.Pass, (await SendAsync(late)).Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_OneBatchOverTheCap_PassesAsManyAsFit()
    {
        var candidates = Enumerable.Range(0, 5).Select(_ => Candidate()).ToArray();

        await SendAsync(candidates);

        Assert.Equal(3, candidates.Count(candidate => candidate.Outcome == GateOutcome.Pass));
    }

    [Fact]
    public async Task EvaluateAsync_SameDeliveryAgain_CountsOnce()
    {
        var retried = Candidate();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(GateOutcome.Pass, (await SendAsync(retried)).Outcome);
        }

        Assert.Equal(GateOutcome.Pass, (await SendAsync(Candidate())).Outcome);
        Assert.Equal(GateOutcome.Pass, (await SendAsync(Candidate())).Outcome);
        Assert.Equal(GateOutcome.Defer, (await SendAsync(Candidate())).Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_Transactional_IsNeitherStoppedNorCounted()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(GateOutcome.Pass, (await SendAsync(Candidate(category: Categories.Transactional))).Outcome);
        }

        Assert.Equal(GateOutcome.Pass, (await SendAsync(Candidate())).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EvaluateAsync_AtAcceptOrDryRun_CountsNothing(bool dryRun)
    {
        for (var i = 0; i < 10; i++)
        {
            var candidate = Candidate();
            await _gate.EvaluateAsync(new GateBatch([candidate], _harness.Clock.Now, dryRun, beforeSend: dryRun), default);
            Assert.Equal(GateOutcome.Pass, candidate.Outcome);
        }
    }

    [Fact]
    public async Task EvaluateAsync_AtAcceptWhenUsedUp_SaysUntilWhen()
    {
        await SendAsync(Candidate(), Candidate(), Candidate());
        var candidate = Candidate();

        await _gate.EvaluateAsync(_harness.Batch(candidate), default);

        Assert.Equal(_harness.Clock.Now.AddDays(30), candidate.Why!.Until);
    }

    [Fact]
    public async Task EvaluateAsync_OtherRecipientsCategoriesAndTenants_AreCountedApart()
    {
        await SendAsync(Candidate(), Candidate(), Candidate());

        Assert.Equal(GateOutcome.Pass, (await SendAsync(Candidate("jan@example.com"))).Outcome);
        Assert.Equal(GateOutcome.Pass, (await SendAsync(Candidate(category: "news"))).Outcome);
        Assert.Equal(GateOutcome.Pass, (await SendAsync(Candidate(tenant: new("salon")))).Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_ContactOnSeveralAddresses_IsOneRecipient()
    {
        var anna = Testing.Some.ContactId();

        await SendAsync(Candidate(contact: anna), Candidate("a@example.org", contact: anna), Candidate("+48600000000", kind: ChannelKinds.Sms, contact: anna));

        Assert.Equal(GateOutcome.Defer, (await SendAsync(Candidate("b@example.org", contact: anna))).Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_CategoryWithItsOwnCap_GoesByIt()
    {
        _options.Categories["news"] = new FrequencyCapRule { Limit = 1, Period = TimeSpan.FromDays(1) };
        await SendAsync(Candidate(category: "news"));

        var deferred = await SendAsync(Candidate(category: "news"));

        Assert.Equal(_harness.Clock.Now.AddDays(1), deferred.Why!.Until);
    }

    [Fact]
    public async Task EvaluateAsync_CapLowered_DefersUntilEnoughHaveEnded()
    {
        var last = _harness.Clock.Now;
        for (var i = 0; i < 3; i++)
        {
            last = _harness.Clock.Now;
            await SendAsync(Candidate());
            _harness.Clock.Advance(TimeSpan.FromDays(1));
        }

        _options.Limit = 1;

        Assert.Equal(last.AddDays(30), (await SendAsync(Candidate())).Why!.Until);
    }

    [Fact]
    public async Task EvaluateAsync_OtherNodeIsFaster_DecidesOnceMoreAndNeverGoesPastTheCap()
    {
        var store = new RacingStore(_harness.Store);
        var slow = new FrequencyCapGate(new CapStore(_harness.Store, store), new FixedOptions<FrequencyCapOptions>(_options));
        GateCandidate[] mine = [Candidate(), Candidate(), Candidate("jan@example.com")];
        store.Meanwhile.Enqueue(() => SendAsync(Candidate()));
        store.Meanwhile.Enqueue(() => SendAsync(Candidate()));

        await slow.EvaluateAsync(_harness.Sending(mine), default);

        Assert.Equal([GateOutcome.Pass, GateOutcome.Defer, GateOutcome.Pass], mine.Select(candidate => candidate.Outcome));
        Assert.Equal(3, store.Commits);
    }

    [Fact]
    public async Task EvaluateAsync_WindowsThatEnded_AreClearedAway()
    {
        for (var i = 0; i < 1200; i++)
        {
            await SendAsync(Candidate($"r{i}@example.com"));
        }

        _harness.Clock.Advance(TimeSpan.FromDays(31));
        await SendAsync(Candidate());

        var left = await _harness.Store.FindAsync<CapWindow>(new EntityQuery { Limit = 1000 }, default);
        Assert.Single(left.Items);
    }

    [Fact]
    public async Task EvaluateAsync_WhatIsKept_NamesNoRecipient()
    {
        await SendAsync(Candidate());

        var kept = Assert.Single((await _harness.Store.FindAsync<CapWindow>(new EntityQuery(), default)).Items);

        Assert.DoesNotContain("anna", kept.Value.Key, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _harness.Dispose();

    private FrequencyCapGate NewGate() => new(new CapStore(_harness.Store, _harness.Store), new FixedOptions<FrequencyCapOptions>(_options));

    private async Task<GateCandidate> SendAsync(params GateCandidate[] candidates)
    {
        Array.ForEach(candidates, candidate => candidate.Reset());
        await _gate.EvaluateAsync(_harness.Sending(candidates), default);
        return candidates[0];
    }
}

using Messaging.Storage;
using static Messaging.Gates.GateHarness;

namespace Messaging.Gates;

public sealed class PauseGateTests : IDisposable
{
    private static readonly TenantId Salon = new("salon");

    private readonly GateHarness _harness = new();
    private readonly PauseGate _gate;

    public PauseGateTests() => _gate = new PauseGate(_harness.Pauses);

    [Fact]
    public async Task EvaluateAsync_NothingPaused_Passes() => Assert.Equal(GateOutcome.Pass, (await AskAsync(Candidate())).Outcome);

    [Fact]
    public async Task EvaluateAsync_TenantPaused_HoldsUnderTheTenantsKey()
    {
        await PauseAsync(Salon, new PauseItem(null, null, "migration", _harness.Clock.Now));

        var held = await AskAsync(Candidate(tenant: Salon));

        Assert.Equal((GateOutcome.Defer, "pause:salon"), (held.Outcome, held.ParkKey));
        Assert.Equal(new Why(WhyCodes.Paused, "The tenant is paused: migration"), held.Why);
        Assert.Equal(GateOutcome.Pass, (await AskAsync(Candidate())).Outcome);
    }

    [Theory]
    [InlineData("email", "booking", "pause:salon:account")]
    [InlineData("sms", "news", "pause:salon:template:news")]
    [InlineData("sms", "booking", null)]
    [InlineData("sms", null, null)]
    public async Task EvaluateAsync_AccountOrTemplatePaused_HoldsOnlyThose(string channel, string? template, string? key)
    {
        await PauseAsync(Salon, new PauseItem("email", null, "r", default), new PauseItem(null, "news", "r", default));

        Assert.Equal(key, (await AskAsync(Candidate(tenant: Salon, channel: channel, template: template))).ParkKey);
    }

    [Fact]
    public async Task EvaluateAsync_SharedListPausesAccount_HoldsForEveryTenant()
    {
        await PauseAsync(EntitySchema.SharedTenant, new PauseItem("email", null, "outage", default));

        Assert.Equal("pause:*:account", (await AskAsync(Candidate(tenant: Salon))).ParkKey);
    }

    [Theory]
    [InlineData(new[] { "email-a" }, false)]
    [InlineData(new[] { "email-a", "email-b" }, true)]
    public async Task EvaluateAsync_GroupOfAccounts_IsHeldWhenAllArePaused(string[] paused, bool held)
    {
        _harness.Channels.Groups["email"] = ["email-a", "email-b"];
        await PauseAsync(TenantId.Default, [.. paused.Select(account => new PauseItem(account, null, "r", default))]);

        Assert.Equal(held, (await AskAsync(Candidate(channel: "email"))).Outcome == GateOutcome.Defer);
    }

    [Fact]
    public async Task EvaluateAsync_ManyTenants_AsksOfEachItsOwn()
    {
        await PauseAsync(Salon, new PauseItem(null, null, "r", default));
        var (mine, other) = (Candidate(tenant: Salon), Candidate(tenant: new("barber")));

        await _gate.EvaluateAsync(_harness.Batch(other, mine), default);

        Assert.Equal(GateOutcome.Defer, mine.Outcome);
        Assert.Equal(GateOutcome.Pass, other.Outcome);
    }

    public void Dispose() => _harness.Dispose();

    private async Task<GateCandidate> AskAsync(GateCandidate candidate)
    {
        await _gate.EvaluateAsync(_harness.Batch(candidate), default);
        return candidate;
    }

    private async Task PauseAsync(TenantId tenant, params PauseItem[] items) =>
        await _harness.Store.CommitAsync([new Change { Entities = [EntityChange.Put(new PauseList { Tenant = tenant, Items = items })] }], default);
}

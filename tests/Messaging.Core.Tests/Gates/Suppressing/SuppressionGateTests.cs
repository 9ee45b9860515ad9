using static Messaging.Gates.GateHarness;

namespace Messaging.Gates;

public sealed class SuppressionGateTests : IDisposable
{
    private static readonly ContactId Anna = Testing.Some.ContactId();

    private readonly GateHarness _harness = new();
    private readonly SuppressionGate _gate;

    public SuppressionGateTests() => _gate = new SuppressionGate(_harness.Book);

    [Fact]
    public async Task EvaluateAsync_NobodySuppressed_Passes() => Assert.Equal(GateOutcome.Pass, (await AskAsync(Candidate())).Outcome);

    [Fact]
    public async Task EvaluateAsync_UnsubscribedFromMarketing_StillGetsTransactional()
    {
        await AddAsync("anna@example.com", SuppressionReason.Unsubscribed, Categories.Marketing);

        Assert.Equal(GateOutcome.Suppress, (await AskAsync(Candidate(category: Categories.Marketing))).Outcome);
        Assert.Equal(GateOutcome.Pass, (await AskAsync(Candidate(category: Categories.Transactional))).Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_HardBounce_StopsTransactionalToo()
    {
        await AddAsync("anna@example.com", SuppressionReason.HardBounce, category: null);

        var stopped = await AskAsync(Candidate(category: Categories.Transactional));

        Assert.Equal(new Why(WhyCodes.Suppressed, "The address is suppressed for all categories: the address does not exist."), stopped.Why);
    }

    [Fact]
    public async Task EvaluateAsync_MailboxInOtherCase_IsTheSameMailbox()
    {
        await AddAsync("Anna@Example.com", SuppressionReason.Unsubscribed, category: null);

        Assert.Equal(GateOutcome.Suppress, (await AskAsync(Candidate("anna@example.com"))).Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_SuppressionEnded_Passes()
    {
        await AddAsync("anna@example.com", SuppressionReason.SoftBounces, category: null, until: _harness.Clock.Now.AddDays(7));

        var stopped = await AskAsync(Candidate());
        _harness.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal((GateOutcome.Suppress, ManualStart.AddDays(7)), (stopped.Outcome, stopped.Why!.Until));
        Assert.Equal(GateOutcome.Pass, (await AskAsync(Candidate())).Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_OtherTenantSuppresses_Passes()
    {
        await AddAsync("anna@example.com", SuppressionReason.Manual, category: null);

        Assert.Equal(GateOutcome.Pass, (await AskAsync(Candidate(tenant: new("salon")))).Outcome);
    }

    [Theory]
    [InlineData(null, ChannelKinds.Sms, GateOutcome.Suppress)]
    [InlineData(ChannelKinds.Sms, ChannelKinds.Sms, GateOutcome.Suppress)]
    [InlineData(ChannelKinds.Email, ChannelKinds.Sms, GateOutcome.Pass)]
    public async Task EvaluateAsync_ContactSuppressed_StopsTheKindsMeant(string? suppressed, string kind, GateOutcome outcome)
    {
        await _harness.Suppressions.AddAsync(
            new() { Tenant = TenantId.Default, ContactId = Anna, Kind = suppressed, Reason = SuppressionReason.Manual, Source = "test" });

        Assert.Equal(outcome, (await AskAsync(Candidate("+48600000000", kind: kind, contact: Anna))).Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_Batch_StopsOnlyThoseMeant()
    {
        var tenant = new TenantId("salon");
        await AddAsync("a@example.com", SuppressionReason.Manual, category: null);
        await AddAsync("b@example.com", SuppressionReason.Manual, category: null, tenant: tenant);
        await _harness.Suppressions.AddAsync(new() { Tenant = tenant, ContactId = Anna, Reason = SuppressionReason.Manual, Source = "test" });
        GateCandidate[] candidates =
        [
            Candidate("a@example.com"), Candidate("b@example.com"), Candidate("a@example.com", tenant: tenant), Candidate("b@example.com", tenant: tenant),
            Candidate("c@example.com", tenant: tenant, contact: Anna), Candidate("d@example.com", tenant: new("nobody")),
        ];

        await _gate.EvaluateAsync(_harness.Batch(candidates), default);

        Assert.Equal([true, false, false, true, true, false], candidates.Select(candidate => candidate.Outcome == GateOutcome.Suppress));
    }

    [Fact]
    public async Task EvaluateAsync_BatchOfOneTenant_StopsOnlyThoseMeant()
    {
        await AddAsync("a@example.com", SuppressionReason.Manual, category: null);
        GateCandidate[] candidates = [Candidate("b@example.com"), Candidate("a@example.com")];

        await _gate.EvaluateAsync(_harness.Batch(candidates), default);

        Assert.Equal([GateOutcome.Pass, GateOutcome.Suppress], candidates.Select(candidate => candidate.Outcome));
    }

    [Fact]
    public async Task EvaluateAsync_FirstSuppressionComesLater_IsSeenAtOnce()
    {
        await AskAsync(Candidate());

        // Another node: its own book over the same store.
        var other = new Suppressions(new SuppressionBook(_harness.Store), _harness.Editor, new Sending.AddressBook([]), _harness.Clock);
        await other.AddAsync(Some("anna@example.com", SuppressionReason.Manual));

        Assert.Equal(GateOutcome.Suppress, (await AskAsync(Candidate())).Outcome);
    }

    public void Dispose() => _harness.Dispose();

    private static DateTimeOffset ManualStart => Testing.ManualTimeProvider.DefaultStart;

    private static Suppression Some(string address, SuppressionReason reason) =>
        new() { Tenant = TenantId.Default, Address = new(ChannelKinds.Email, address), Reason = reason, Source = "test" };

    private async Task AddAsync(string address, SuppressionReason reason, string? category, DateTimeOffset? until = null, TenantId? tenant = null) =>
        await _harness.Suppressions.AddAsync(Some(address, reason) with { Tenant = tenant ?? TenantId.Default, Category = category, Until = until });

    private async Task<GateCandidate> AskAsync(GateCandidate candidate)
    {
        await _gate.EvaluateAsync(_harness.Batch(candidate), default);
        return candidate;
    }
}

using Messaging.Gates;
using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.EndToEnd;

public sealed class GateTests
{
    private static readonly SendRequest News = Some.Request() with { Category = Categories.Marketing };

    [Fact]
    public async Task SendAsync_AtNight_WaitsUntilTheMorning()
    {
        await using var host = new TestHost(m => m.QuietHours());
        var evening = new DateTimeOffset(2026, 1, 5, 20, 30, 0, TimeSpan.Zero);
        host.Clock.AdvanceTo(evening);
        var news = News with { To = Recipient.Email("anna@example.com") with { TimeZone = "Europe/Warsaw" } };

        var receipt = await host.SendAsync(news);
        var code = await host.SendAsync(news with { Category = Categories.Transactional, Content = new() { Text = "4711" } });
        await host.Messaging.AdvanceAsync(TimeSpan.FromDays(1));

        var eight = new DateTimeOffset(2026, 1, 6, 7, 0, 0, TimeSpan.Zero);
        Assert.Equal((SendStatus.Scheduled, WhyCodes.QuietHours, eight), (receipt.Status, receipt.Why?.Code, receipt.Why?.Until));
        Assert.Equal(SendStatus.Accepted, code.Status);
        Assert.Equal([evening, eight], host.Messaging.Sent.Select(mail => mail.SentAt));
    }

    [Fact]
    public async Task SendAsync_OverTheCap_WaitsForTheWindowAndSpendsNoAttempt()
    {
        await using var host = new TestHost(m => m.FrequencyCap(cap => (cap.Limit, cap.Period) = (2, TimeSpan.FromDays(7))));
        var news = News with { To = Recipient.Email("anna@example.com"), ExpiresAt = host.Now.AddDays(30) };
        await host.SendAsync(news);
        await host.SendAsync(news);

        var third = await host.SendAsync(news);
        await host.Messaging.AdvanceAsync(TimeSpan.FromDays(7));

        Assert.Equal(WhyCodes.FrequencyCap, third.Why?.Code);
        Assert.Equal(3, host.Messaging.Attempts.Count);
        Assert.Equal(ManualTimeProvider.DefaultStart.AddDays(7), host.Messaging.Sent[2].SentAt);
        Assert.Equal(1, (await host.ReadAsync(third)).Summary.Attempts);
    }

    [Fact]
    public async Task SendBulkAsync_ManyToOneRecipient_KeepsTheCap()
    {
        await using var host = new TestHost(m => m.FrequencyCap(cap => cap.Limit = 3));
        var items = Enumerable.Range(0, 10).Select(i => new BulkItem(Recipient.Email("anna@example.com")) { ItemKey = $"{i}" });

        await host.Hub.SendBulkAsync(new() { Message = News with { To = default }, Items = items.ToAsyncEnumerable() });
        await host.Messaging.DrainAsync();

        Assert.Equal(3, host.Messaging.Sent.Count);
    }

    [Fact]
    public async Task SendNowAsync_OverTheCap_IsCountedAndSaysNo()
    {
        await using var host = new TestHost(m => m.FrequencyCap(cap => cap.Limit = 1));
        var news = News with { To = Recipient.Email("anna@example.com") };

        var first = await host.Hub.SendNowAsync(news);
        var second = await host.Hub.SendNowAsync(news);

        Assert.Equal(SendStatus.Sent, first.Status);
        Assert.Equal((SendStatus.Suppressed, WhyCodes.FrequencyCap), (second.Status, second.Why?.Code));
    }

    [Fact]
    public async Task SendAsync_RepeatedUnderItsKey_UsesUpNoCap()
    {
        await using var host = new TestHost(m => m.FrequencyCap(cap => cap.Limit = 2));
        var news = News with { To = Recipient.Email("anna@example.com"), IdempotencyKey = "news-1" };
        for (var i = 0; i < 5; i++)
        {
            await host.SendAsync(news);
        }

        var next = await host.SendAsync(news with { IdempotencyKey = "news-2" });

        Assert.Equal(SendStatus.Accepted, next.Status);
        Assert.Equal(2, host.Messaging.Sent.Count);
    }

    [Fact]
    public async Task SendAsync_QuotaUsedUp_WaitsForTheNextDay()
    {
        await using var host = new TestHost(m => m.Quota(quota => quota.PerDay = 2));
        await host.SendAsync();
        await host.SendAsync();

        var third = await host.SendAsync();
        await host.Messaging.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(WhyCodes.Quota, third.Why?.Code);
        Assert.Equal(new DateTimeOffset(2026, 1, 6, 0, 0, 0, TimeSpan.Zero), host.Messaging.Sent[2].SentAt);
    }

    [Fact]
    public async Task PauseAsync_Template_HoldsWhatWasAcceptedBeforeAndAfterUntilResumed()
    {
        await using var host = new TestHost();
        var scope = new PauseScope(TenantId.Default, Account: "email");
        var before = await host.Hub.SendAsync(Some.Request());
        await host.Operations.PauseAsync(scope, "wrong sender");
        var after = await host.SendAsync();
        var sms = await host.SendAsync(Some.Request(ChannelKinds.Sms));

        Assert.Equal(WhyCodes.Paused, (await host.ReadAsync(before)).Summary.Why?.Code);
        Assert.Equal((SendStatus.Scheduled, WhyCodes.Paused), (after.Status, after.Why?.Code));
        Assert.Equal(DeliveryStatus.Queued, await host.StatusAsync(after));
        Assert.Equal(DeliveryStatus.Sent, await host.StatusAsync(sms));

        await host.Operations.ResumeAsync(scope);
        await host.Messaging.DrainAsync();

        Assert.Equal(2, host.Messaging.All<EmailMessage>().Count);
    }

    [Fact]
    public async Task PauseAsync_OneOfAGroup_TheOthersCarry()
    {
        await using var host = new TestHost(m => m
            .AddTestChannel("mail-a", ChannelKinds.Email).AddTestChannel("mail-b", ChannelKinds.Email)
            .AddAccountGroup("mail", group => group.Failover("mail-a", "mail-b")));
        await host.Operations.PauseAsync(new(TenantId.Default, Account: "mail-a"), "outage");

        await host.SendAsync(Some.Request() with { Channel = "mail" });
        Assert.Equal("mail-b", host.Messaging.Single<EmailMessage>().Account);

        await host.Operations.PauseAsync(new(TenantId.Default, Account: "mail-b"), "outage");
        var held = await host.SendAsync(Some.Request() with { Channel = "mail" });
        Assert.Equal(WhyCodes.Paused, held.Why?.Code);

        await host.Operations.ResumeAsync(new(TenantId.Default, Account: "mail-b"));
        await host.Messaging.DrainAsync();
        Assert.Equal(2, host.Messaging.Sent.Count);
    }

    [Fact]
    public async Task ResumeAsync_ScheduledWhilePaused_KeepsItsTime()
    {
        await using var host = new TestHost();
        var scope = new PauseScope(TenantId.Default);
        await host.Operations.PauseAsync(scope, "migration");
        var at = host.Now.AddHours(5);
        var receipt = await host.SendAsync(Some.Request() with { SendAt = at });

        await host.Operations.ResumeAsync(scope);
        await host.Messaging.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(WhyCodes.Scheduled, receipt.Why?.Code);
        Assert.Equal(at, host.Messaging.Single<EmailMessage>().SentAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResumeAsync_BetweenTheGateAndTheCommit_LeavesNothingHeld(bool atAccept)
    {
        var meanwhile = new Meanwhile();
        await using var host = new TestHost(m => m.Services.AddSingleton<ISendGate>(meanwhile));
        var scope = new PauseScope(TenantId.Default, Account: "email");
        var both = Some.Request() with { To = [Some.Recipient(), Some.Recipient(ChannelKinds.Sms)] };
        if (atAccept)
        {
            await host.Operations.PauseAsync(scope, "outage");
            meanwhile.Action = () => host.Operations.ResumeAsync(scope);
            await host.Hub.SendAsync(both);
        }
        else
        {
            await host.Hub.SendAsync(both);
            await host.Operations.PauseAsync(scope, "outage");
            meanwhile.Action = () => host.Operations.ResumeAsync(scope);
        }

        await host.Messaging.DrainAsync();

        host.Messaging.Single<EmailMessage>();
        host.Messaging.Single<SmsMessage>();
        Assert.Null(meanwhile.Action);
    }

    [Fact]
    public async Task ExplainAsync_SeveralSayNo_GivesEveryGatesVerdictAndStoresNothing()
    {
        await using var host = new TestHost(m => m.QuietHours(quiet => (quiet.From, quiet.To) = (new(9, 0), new(11, 0))).FrequencyCap().Quota(quota => quota.PerDay = 1));
        await host.SendAsync(News);
        await host.Operations.PauseAsync(new(TenantId.Default, Account: "email"), "outage");

        var decision = Assert.Single((await host.Hub.ExplainAsync(News)).Recipients);

        Assert.Equal(
            [
                ("staging", GateOutcome.Pass), ("pause", GateOutcome.Defer), ("suppression", GateOutcome.Pass),
                ("frequency_cap", GateOutcome.Pass), ("quiet_hours", GateOutcome.Defer), ("quota", GateOutcome.Pass),
            ],
            decision.Verdicts.Select(verdict => (verdict.Gate, verdict.Outcome)));
        Assert.Equal((GateOutcome.Defer, WhyCodes.Paused), (decision.Outcome, decision.Why?.Code));
        Assert.Single((await host.History.QueryAsync(new() { Tenant = TenantId.Default })).Items);
    }

    [Fact]
    public async Task AddGate_OfTheHost_IsAskedAndItsKeyReleases()
    {
        await using var host = new TestHost(m => m.AddGate<Approval>());
        var receipt = await host.SendAsync(News);
        Assert.Equal("needs_approval", (await host.ReadAsync(receipt)).Summary.Why?.Code);

        host.Get<IEnumerable<ISendGate>>().OfType<Approval>().Single().Approved = true;
        await host.Get<IMessageStore>().CommitAsync([new Change { Releases = [new Release("gate:approval")] }], default);
        await host.Messaging.DrainAsync();

        host.Messaging.Single<EmailMessage>();
    }

    [Fact]
    public async Task ReportBouncedAsync_HardBounce_SuppressesTheAddressForEverything()
    {
        await using var host = new TestHost();
        var request = Some.Request() with { To = Recipient.Email("anna@example.com") };
        var first = await host.SendAsync(request);

        await host.Messaging.ReportBouncedAsync(first.MessageId);
        await host.Messaging.DrainAsync();
        var second = await host.SendAsync(request);

        Assert.Equal(DeliveryStatus.Bounced, await host.StatusAsync(first));
        Assert.Equal((SendStatus.Suppressed, WhyCodes.Suppressed), (second.Status, second.Why?.Code));
        Assert.Equal(DeliveryStatus.Suppressed, await host.StatusAsync(second));
        host.Messaging.Single<EmailMessage>();
    }

    [Fact]
    public async Task ReportAsync_Unsubscribed_StopsTheCategoryAndNotPasswordResets()
    {
        await using var host = new TestHost();
        var news = News with { To = Recipient.Email("anna@example.com") };
        var first = await host.SendAsync(news);

        await host.Messaging.ReportAsync(first.MessageId, MessageEventType.Unsubscribed);
        await host.Messaging.DrainAsync();
        var second = await host.SendAsync(news);
        var reset = await host.SendAsync(news with { Category = Categories.Transactional });

        Assert.Equal(SendStatus.Suppressed, second.Status);
        Assert.Equal(SendStatus.Accepted, reset.Status);
    }

    /// <summary>Does something once, between the gate of pauses and the commit.</summary>
    private sealed class Meanwhile : ISendGate
    {
        public Func<Task>? Action { get; set; }

        public string Name => "meanwhile";

        public int Order => GateOrder.Pause + 1;

        public GateRecheck Recheck => GateRecheck.Always;

        public async ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
        {
            var action = Action;
            Action = null;
            await (action?.Invoke() ?? Task.CompletedTask);
        }
    }

    public sealed class Approval : ISendGate
    {
        public bool Approved { get; set; }

        public string Name => "approval";

        public int Order => GateOrder.Suppression + 1;

        public GateRecheck Recheck => GateRecheck.Always;

        public ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
        {
            foreach (var candidate in batch.Candidates)
            {
                if (!Approved)
                {
                    candidate.Defer(new Why("needs_approval", "Somebody has to approve it first."));
                }
            }

            return default;
        }
    }
}

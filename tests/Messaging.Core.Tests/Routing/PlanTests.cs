using Messaging.Channels;
using Messaging.Contacts;
using Messaging.Core.Fakes;
using Messaging.Dispatching;
using Messaging.Gates;
using Messaging.Routing;
using Messaging.Storage;
using Messaging.Storage.Memory;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Routing;

public sealed class PlanTests
{
    private static readonly TimeSpan s_within = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task ProofInTime_NothingElseIsSent()
    {
        await using var bench = await RouteBench.CreateAsync();
        var first = await bench.SendAsync();

        await bench.Test.DrainAsync();
        await bench.ReportAsync(first, MessageEventType.Delivered, "telegram");
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(["telegram"], bench.Kinds);
        Assert.Equal(PlanStatus.Arrived, (await bench.PlanAsync(first)).Status);
    }

    [Fact]
    public async Task SensitiveMessage_RouteEnds_ItsContentIsForgotten()
    {
        await using var bench = await RouteBench.CreateAsync();
        var first = await bench.SendAsync(r => r with { Sensitive = true });
        await bench.Test.DrainAsync();
        Assert.False((await bench.FindAsync(first)).Delivery.Payload.IsEmpty);

        await bench.ReportAsync(first, MessageEventType.Delivered, "telegram");
        await bench.Test.DrainAsync();

        var record = await bench.FindAsync(first);
        Assert.True(record.Delivery.Payload.IsEmpty);
        Assert.True(record.Message.Payload.IsEmpty);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SensitiveMessage_OperatorWithdrawsIt_ItsContentIsForgotten(bool byReference)
    {
        await using var bench = await RouteBench.CreateAsync();
        bench.Test.When(kind: "telegram").Returns(new SendResult.NotSent("down", FailureScope.Message));
        var first = await bench.SendAsync(r => r with { Sensitive = true, Reference = "reset:7" });
        await bench.Test.DrainAsync();
        var message = (await bench.FindAsync(first)).Message.Id;

        await (byReference ? bench.Bench.Operations.CancelAsync(TenantId.Default, "reset:7") : bench.Bench.Operations.CancelAsync(TenantId.Default, message));

        var record = await bench.FindAsync(first);
        Assert.Equal(DeliveryStatus.Canceled, record.State.Status);
        Assert.True(record.Delivery.Payload.IsEmpty);
        Assert.True(record.Message.Payload.IsEmpty);
    }

    [Fact]
    public async Task SensitiveMessage_ProcessEndsBetweenTheEndAndTheDrop_ItsContentIsForgottenByTheNextOne()
    {
        FaultyStore? store = null;
        await using var bench = await RouteBench.CreateAsync(configure: m => m.Services.AddSingleton<IMessageStore>(s => store = new FaultyStore(s.GetRequiredService<MemoryStore>())));
        var first = await bench.SendAsync(r => r with { Sensitive = true });
        await bench.Test.DrainAsync();
        var down = true;
        store!.Fault = changes => down && changes.Any(c => c.Drops.Count > 0) ? false : null;
        await bench.ReportAsync(first, MessageEventType.Delivered, "telegram");
        await bench.Bench.StepAsync();
        Assert.Equal(PlanStatus.Arrived, (await bench.PlanAsync(first)).Status);
        Assert.False((await bench.FindAsync(first)).Message.Payload.IsEmpty);

        down = false;
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));

        var record = await bench.FindAsync(first);
        Assert.True(record.Delivery.Payload.IsEmpty);
        Assert.True(record.Message.Payload.IsEmpty);
        Assert.Equal(["telegram"], bench.Kinds);
    }

    [Fact]
    public async Task NoProofInTime_TheNextStepStartsAtTheDeadline()
    {
        await using var bench = await RouteBench.CreateAsync();
        await bench.SendAsync();

        await bench.Test.AdvanceAsync(s_within - TimeSpan.FromSeconds(1));
        Assert.Equal(["telegram"], bench.Kinds);
        await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["telegram", "sms"], bench.Kinds);
    }

    [Fact]
    public async Task NoDeadline_OnlyAFailureStartsTheNextStep()
    {
        await using var bench = await RouteBench.CreateAsync(r => r.Try("sms").Then("email"));
        var first = await bench.SendAsync();

        await bench.Test.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(["sms"], bench.Kinds);
        await bench.ReportAsync(first, MessageEventType.Undelivered, "sms");
        await bench.Test.DrainAsync();

        Assert.Equal(["sms", "email"], bench.Kinds);
    }

    [Fact]
    public async Task RefusedAtOnce_TheNextStepStartsAtOnce()
    {
        await using var bench = await RouteBench.CreateAsync();
        bench.Test.When(kind: "telegram").Returns(new SendResult.Rejected(RejectionReason.OptedOut, FailureScope.Address, "403", "blocked"));
        await bench.SendAsync();

        await bench.Test.DrainAsync();

        Assert.Equal(["telegram", "sms"], bench.Kinds);
    }

    [Fact]
    public async Task SuppressedWhileItWaited_TheNextStepStarts()
    {
        await using var bench = await RouteBench.CreateAsync();
        var first = await bench.SendAsync();
        await bench.Get<ISuppressions>().AddAsync(new Suppression
        {
            Tenant = TenantId.Default,
            Address = (await bench.FindAsync(first)).Delivery.Address,
            Reason = SuppressionReason.Unsubscribed,
            Source = "test",
        });

        await bench.Test.DrainAsync();

        Assert.Equal(["sms"], bench.Kinds);
    }

    [Fact]
    public async Task LateProofBeforeTheNextStepIsSent_WithdrawsIt()
    {
        await using var bench = await RouteBench.CreateAsync(configure: m => m.ConfigureAccount("sms", a => a.Limits = new AccountLimits { Account = new RateLimit(1, TimeSpan.FromHours(1), 1) }));
        await bench.Bench.SendAsync(Recipient.Phone("+48600100200"));
        await bench.Test.DrainAsync();
        var first = await bench.SendAsync();
        await bench.Test.AdvanceAsync(s_within);
        Assert.Equal(["sms", "telegram"], bench.Kinds);

        await bench.ReportAsync(first, MessageEventType.Delivered, "telegram");
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(5));

        Assert.Equal(["sms", "telegram"], bench.Kinds);
        var plan = await bench.PlanAsync(first);
        Assert.Equal((PlanStatus.Arrived, false), (plan.Status, plan.DuplicateReach));
        var second = await bench.Bench.StateAsync(plan.Steps[1].DeliveryId!.Value);
        Assert.Equal((DeliveryStatus.Canceled, WhyCodes.StoodDown), (second.Status, second.Why!.Code));
    }

    [Fact]
    public async Task LateProofAfterTheNextStepWasSent_IsMarkedAsDuplicateReach()
    {
        await using var bench = await RouteBench.CreateAsync();
        var first = await bench.SendAsync();
        await bench.Test.AdvanceAsync(s_within);

        await bench.ReportAsync(first, MessageEventType.Read, "telegram");
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(5));

        Assert.Equal(["telegram", "sms"], bench.Kinds);
        Assert.True((await bench.PlanAsync(first)).DuplicateReach);
    }

    [Fact]
    public async Task LateFailureAfterProof_TakesThePlanUpAgain()
    {
        await using var bench = await RouteBench.CreateAsync(r => r.Try("email", within: s_within).Then("sms"));
        var first = await bench.SendAsync();
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(["email"], bench.Kinds);

        await bench.ReportAsync(first, MessageEventType.HardBounced);
        await bench.Test.DrainAsync();

        Assert.Equal(["email", "sms"], bench.Kinds);
    }

    [Fact]
    public async Task StepThatStoodDownForNothing_IsTakenUpBeforeLaterOnes()
    {
        await using var bench = await RouteBench.CreateAsync(
            r => r.Try("email", within: s_within).Then("sms").Then("telegram"),
            m => m.ConfigureAccount("sms", a => a.Limits = new AccountLimits { Account = new RateLimit(1, TimeSpan.FromHours(1), 1) }));
        await bench.Bench.SendAsync(Recipient.Phone("+48600100200"));
        await bench.Test.DrainAsync();
        bench.Test.When(kind: "email").Returns(new SendResult.NotSent("down", FailureScope.Message)).Times(1);
        bench.Test.When(kind: "email").Returns(new SendResult.Throttled(TimeSpan.FromMinutes(10), FailureScope.Message, "450", "greylisted")).Times(1);
        var first = await bench.SendAsync();
        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(PlanStatus.Arrived, (await bench.PlanAsync(first)).Status);

        await bench.ReportAsync(first, MessageEventType.HardBounced);
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Equal(["sms", "email", "sms"], bench.Test.Sent.Select(s => s.Kind));
        Assert.Null((await bench.PlanAsync(first)).Steps[2].DeliveryId);
    }

    [Fact]
    public async Task EveryStepFails_ThePlanIsExhausted()
    {
        await using var bench = await RouteBench.CreateAsync();
        bench.Test.When().Returns(new SendResult.Rejected(RejectionReason.Content, FailureScope.Message, "x", "no"));
        var first = await bench.SendAsync();

        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(["telegram", "sms", "email"], bench.Kinds);
        var plan = await bench.PlanAsync(first);
        Assert.Equal(PlanStatus.Exhausted, plan.Status);
        Assert.All(plan.Steps, step => Assert.Null(step.Payload));
    }

    [Fact]
    public async Task SomebodyWithdrawsTheMessage_ThePlanEnds()
    {
        await using var bench = await RouteBench.CreateAsync();
        bench.Test.When(kind: "telegram").Returns(new SendResult.NotSent("down", FailureScope.Message));
        var first = await bench.SendAsync();
        await bench.Test.DrainAsync();

        await bench.Bench.Operations.CancelAsync(TenantId.Default, (await bench.FindAsync(first)).Message.Id);
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(["telegram"], bench.Kinds);
        Assert.Equal(PlanStatus.Canceled, (await bench.PlanAsync(first)).Status);
    }

    [Fact]
    public async Task HeldByAPause_TheDeadlineMovesAlong()
    {
        await using var bench = await RouteBench.CreateAsync();
        var scope = new PauseScope(TenantId.Default, "telegram");
        await bench.SendAsync();
        await bench.Bench.Operations.PauseAsync(scope, "maintenance");

        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(bench.Kinds);
        await bench.Bench.Operations.ResumeAsync(scope);
        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(["telegram", "sms"], bench.Kinds);
    }

    [Fact]
    public async Task ScheduledForLater_TheTimeForProofBeginsThen()
    {
        await using var bench = await RouteBench.CreateAsync();
        await bench.SendAsync(r => r with { SendAt = bench.Bench.Now + TimeSpan.FromHours(1) });

        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(64));
        Assert.Equal(["telegram"], bench.Kinds);
        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["telegram", "sms"], bench.Kinds);
    }

    [Fact]
    public async Task RecipientWithoutAnAddressOfAKind_IsReachedByTheOthers()
    {
        await using var bench = await RouteBench.CreateAsync(addresses: ["email"]);
        await bench.SendAsync();

        await bench.Test.DrainAsync();

        Assert.Equal(["email"], bench.Kinds);
    }

    [Fact]
    public async Task Broadcast_SendsOverAllAtOnce()
    {
        await using var bench = await RouteBench.CreateAsync(configure: m => m.AddBroadcast("all", "email", "sms"));
        await bench.SendAsync(r => r with { Route = "all" });

        await bench.Test.DrainAsync();

        Assert.Equal(["email", "sms"], bench.Kinds.Order());
    }

    [Fact]
    public async Task TwoCausesAtOnce_OneOfThemStartsTheStep()
    {
        FaultyStore? store = null;
        await using var bench = await RouteBench.CreateAsync(configure: m => m.Services.AddSingleton<IMessageStore>(s => store = new FaultyStore(s.GetRequiredService<MemoryStore>())));
        var first = await bench.SendAsync();
        await bench.Test.DrainAsync();
        bench.Bench.Clock.Advance(s_within);

        // Between the timer's decision and its commit, a report comes in and is acted upon.
        store!.Before = async _ =>
        {
            await bench.ReportAsync(first, MessageEventType.Undelivered, "telegram");
            var claimed = await bench.Bench.Queue.ClaimAsync(
                new ClaimRequest { Max = 10, LeaseFor = TimeSpan.FromMinutes(1), Owner = "other", Kinds = [WorkKind.RouteCheck] }, CancellationToken.None);
            await bench.Get<IEnumerable<IWorkHandler>>().OfType<PlanKeeper>().Single().HandleAsync(claimed.Single(), CancellationToken.None);
        };
        await bench.Test.DrainAsync();

        Assert.Equal(["telegram", "sms"], bench.Kinds);
    }

    [Fact]
    public async Task ProofBetweenTheTimersDecisionAndItsCommit_StartsNoStep()
    {
        FaultyStore? store = null;
        await using var bench = await RouteBench.CreateAsync(configure: m => m.Services.AddSingleton<IMessageStore>(s => store = new FaultyStore(s.GetRequiredService<MemoryStore>())));
        var first = await bench.SendAsync();
        await bench.Test.DrainAsync();
        bench.Bench.Clock.Advance(s_within);

        store!.Before = _ => bench.ReportAsync(first, MessageEventType.Delivered, "telegram");
        await bench.Test.DrainAsync();

        Assert.Equal(["telegram"], bench.Kinds);
        var plan = await bench.PlanAsync(first);
        Assert.Equal((PlanStatus.Arrived, 0), (plan.Status, plan.Current));
    }

    [Fact]
    public async Task SeveralReportsInOneCall_AllCountAtOnce()
    {
        await using var bench = await RouteBench.CreateAsync();
        var first = await bench.SendAsync();
        await bench.Test.DrainAsync();
        var now = bench.Bench.Clock.GetUtcNow();
        MessageEventType[] types = [MessageEventType.Sent, MessageEventType.Delivered, MessageEventType.Read];

        await bench.Get<IInboundSink>().ReportAsync(
            [.. types.Select(type => new ProviderEvent { Account = "telegram", Key = $"{type}", DeliveryId = first, Type = type, OccurredAt = now })], CancellationToken.None);

        var evidence = (await bench.FindAsync(first)).State.Evidence;
        Assert.All(types, type => Assert.True(evidence.Has(type)));
    }

    /// <summary>Whatever happens in whatever order: a step starts once for each cause at most, and none once there is proof.</summary>
    [Fact]
    public async Task AnyInterleaving_StartsNoStepTwiceAndNoneAfterProof()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            await new PlanRun(seed).RunAsync();
        }
    }

    /// <summary>A bench with a contact who is reached on three kinds.</summary>
    private sealed class RouteBench : IAsyncDisposable
    {
        private RouteBench(Bench bench) => Bench = bench;

        public Bench Bench { get; }

        public TestMessaging Test => Bench.Test;

        public IReadOnlyList<string> Kinds => [.. Test.Attempts.Select(a => a.Kind)];

        public static async Task<RouteBench> CreateAsync(
            Action<RouteBuilder>? route = null, Action<MessagingBuilder>? configure = null, string[]? addresses = null)
        {
            var bench = new Bench(m =>
            {
                m.AddTestChannel("email", capabilities: new ChannelCapabilities { Kind = ChannelKinds.Email, Subject = true, Html = true });
                m.AddTestChannel("sms").AddTestChannel("telegram");
                m.AddRoute("urgent", route ?? (r => r.Try("telegram", within: s_within).Then("sms").Then("email")));
                m.ConfigureKind("telegram", k => k.RetryAfter = [TimeSpan.FromHours(10)]);
                configure?.Invoke(m);
            });
            await bench.Get<IContacts>().SaveAsync(new Contact
            {
                Id = default,
                Tenant = TenantId.Default,
                ExternalId = "anna",
                Addresses = [.. (addresses ?? ["email", "sms", "telegram"]).Select(kind => Some.Address(kind))],
            });
            return new RouteBench(bench);
        }

        public T Get<T>()
            where T : notnull => Bench.Get<T>();

        public Task<DeliveryId> SendAsync(Func<SendRequest, SendRequest>? edit = null) =>
            Bench.SendAsync(Recipient.Contact("anna"), r => edit is null ? r with { Route = "urgent" } : edit(r with { Route = "urgent" }));

        public Task<DeliveryRecord> FindAsync(DeliveryId id) => Bench.FindAsync(id);

        public Task ReportAsync(DeliveryId id, MessageEventType type, string account = "email") => Bench.ReportAsync(id, type, account);

        public async Task<DeliveryPlan> PlanAsync(DeliveryId id)
        {
            var record = await FindAsync(id);
            return (await Get<IEntityStore>().GetAsync<DeliveryPlan>(TenantId.Default, DeliveryPlan.KeyOf(record.Delivery.PlanId!.Value), CancellationToken.None))!.Value;
        }

        public ValueTask DisposeAsync() => Bench.DisposeAsync();
    }

    /// <summary>One random history of a plan.</summary>
    private sealed class PlanRun(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<(string Kind, bool AfterProof)> _starts = [];
        private bool _proof;

        public async Task RunAsync()
        {
            await using var bench = await RouteBench.CreateAsync(r => r.Try("telegram", within: s_within).Then("sms", within: s_within).Then("email"));
            bench.Test.When().Returns(message =>
            {
                _starts.Add((message.Kind, _proof));
                return _random.Next(4) switch
                {
                    0 => new SendResult.Rejected(RejectionReason.Content, FailureScope.Message, "x", "no"),
                    1 => new SendResult.NotSent("down", FailureScope.Message),
                    _ => new SendResult.Accepted($"p{_starts.Count}"),
                };
            });
            var first = await bench.SendAsync();
            for (var i = 0; i < 40; i++)
            {
                await DoSomethingAsync(bench, first);
            }

            Assert.DoesNotContain(_starts, s => s.AfterProof);
            var started = (await bench.PlanAsync(first)).Steps.Where(s => s.DeliveryId is not null).Select(s => s.Channel).ToList();
            Assert.Equal(started.Distinct(), started);
        }

        private async Task DoSomethingAsync(RouteBench bench, DeliveryId first)
        {
            var plan = await bench.PlanAsync(first);
            var steps = plan.Steps.Where(s => s.DeliveryId is not null).ToList();
            var step = steps[_random.Next(steps.Count)];
            switch (_random.Next(5))
            {
                case 0:
                    await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(_random.Next(600)));
                    break;
                case 1:
                    await bench.Bench.StepAsync();
                    break;
                case 2 when (await bench.FindAsync(step.DeliveryId!.Value)).State.TotalAttempts > 0:
                    await bench.ReportAsync(step.DeliveryId!.Value, MessageEventType.Undelivered, step.Channel);
                    break;
                case 3 when (await bench.FindAsync(step.DeliveryId!.Value)).State is { TotalAttempts: > 0, Work: WorkState.Done }:
                    await bench.ReportAsync(step.DeliveryId!.Value, MessageEventType.Delivered, step.Channel);
                    await bench.Test.DrainAsync();
                    _proof = true;
                    break;
            }
        }
    }
}

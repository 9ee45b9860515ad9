using Messaging.Gates;
using Messaging.Routing;
using Messaging.Storage;
using Messaging.Testing;

namespace Messaging.Operations;

public sealed class MessageOperationsTests : IDisposable
{
    private static readonly TenantId Tenant = TenantId.Default;

    private readonly GateHarness _harness = new();
    private readonly MessageOperations _operations;

    public MessageOperationsTests() => _operations = new MessageOperations(
        new DeliverySweep(_harness.Store, _harness.Store),
        new PlanSweep(_harness.Store, _harness.Store, new PlanPayloads(_harness.Store, _harness.Store)),
        new PauseOperations(_harness.Pauses, _harness.Editor, _harness.Store, _harness.Clock),
        _harness.Store,
        _harness.Store,
        _harness.Clock);

    [Fact]
    public async Task CancelAsync_Message_WithdrawsWhatIsOpenAndLeavesWhatWasSent()
    {
        var message = await AcceptAsync(3);
        await _harness.Store.AttemptAsync(MessageEventType.Submitted, _harness.Clock.Now);

        Assert.Equal(2, await _operations.CancelAsync(Tenant, message.Id));

        Assert.Equal([DeliveryStatus.Canceled, DeliveryStatus.Canceled, DeliveryStatus.Sent], await StatusesAsync(message));
        Assert.Equal(0, await _operations.CancelAsync(Tenant, message.Id));
    }

    [Fact]
    public async Task CancelAsync_BulkOfThousands_WithdrawsEveryDelivery()
    {
        var message = await AcceptAsync(2_345);

        Assert.Equal(2_345, await _operations.CancelAsync(Tenant, message.Id));
    }

    [Fact]
    public async Task CancelAsync_InAWorkersHands_IsWithdrawnAtSettle()
    {
        var message = await AcceptAsync(1);
        var claimed = await _harness.Store.ClaimOneAsync();

        Assert.Equal(1, await _operations.CancelAsync(Tenant, message.Id));
        await _harness.Store.ApplyAsync(new Change { Settles = [new() { Lease = claimed.Lease, Next = WorkState.Ready }] });

        Assert.Equal([DeliveryStatus.Canceled], await StatusesAsync(message));
    }

    [Fact]
    public async Task CancelAsync_Reference_WithdrawsEveryMessageThatHasIt()
    {
        var mine = await AcceptAsync(2, reference: "booking:981");
        var other = await AcceptAsync(1, reference: "booking:982");

        Assert.Equal(2, await _operations.CancelAsync(Tenant, "booking:981"));

        Assert.Equal([DeliveryStatus.Canceled, DeliveryStatus.Canceled], await StatusesAsync(mine));
        Assert.Equal([DeliveryStatus.Queued], await StatusesAsync(other));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CancelAsync_Routes_StartNoFurtherStep(bool byReference)
    {
        var message = await AcceptAsync(1, reference: "booking:981");
        var plans = Enumerable.Range(0, 250).Select(_ => Plan(message)).Append(Plan(Some.StoredMessage())).ToList();
        await _harness.Store.CommitAsync([.. plans.Select(plan => new Change { Entities = [EntityChange.Put(plan)] })], default);

        Assert.Equal(1, byReference ? await _operations.CancelAsync(Tenant, "booking:981") : await _operations.CancelAsync(Tenant, message.Id));

        var stored = (await _harness.Store.FindAsync<DeliveryPlan>(new EntityQuery { Limit = 1000 }, default)).Items.Select(plan => plan.Value);
        Assert.All(stored, plan => Assert.Equal(plan.MessageId == message.Id ? PlanStatus.Canceled : PlanStatus.Active, plan.Status));
    }

    [Fact]
    public async Task CancelAsync_OtherTenant_ChangesNothing()
    {
        var message = await AcceptAsync(1);

        Assert.Equal(0, await _operations.CancelAsync(new("salon"), message.Id));
    }

    [Fact]
    public async Task CancelAsync_TokenSignalled_Stops()
    {
        var message = await AcceptAsync(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _operations.CancelAsync(Tenant, message.Id, new CancellationToken(true)));
    }

    [Fact]
    public async Task RetryAsync_Waiting_IsDueNow()
    {
        var message = await AcceptAsync(1, until: _harness.Clock.Now.AddHours(5));

        Assert.True(await _operations.RetryAsync(Tenant, await IdAsync(message)));

        Assert.Equal(1, (await _harness.Store.ClaimOneAsync()).Claims);
    }

    [Fact]
    public async Task RetryAsync_Failed_OpensANewGeneration()
    {
        var message = await AcceptAsync(1);
        await _harness.Store.AttemptAsync(MessageEventType.Rejected, _harness.Clock.Now, deadLetter: true);

        Assert.True(await _operations.RetryAsync(Tenant, await IdAsync(message)));

        Assert.Equal(1, (await _harness.Store.ClaimOneAsync()).Delivery!.State.Generation);
    }

    [Fact]
    public async Task RetryAsync_UnknownInAWorkersHandsOrSent_IsRefused()
    {
        var message = await AcceptAsync(2);
        await _harness.Store.AttemptAsync(MessageEventType.Submitted, _harness.Clock.Now);
        var held = (await _harness.Store.ClaimOneAsync()).Delivery!.Delivery.Id;
        var deliveries = await _harness.Store.QueryAsync(new DeliveryQuery { Tenant = Tenant, MessageId = message.Id }, default);

        Assert.False(await _operations.RetryAsync(Tenant, Some.DeliveryId()));
        Assert.False(await _operations.RetryAsync(Tenant, held));
        Assert.False(await _operations.RetryAsync(Tenant, Assert.Single(deliveries.Items, d => d.Status == DeliveryStatus.Sent).Id));
    }

    [Fact]
    public async Task RedriveAsync_DeadLetters_SendsThoseThatMatchOnceMore()
    {
        await AcceptAsync(3);
        await AcceptAsync(1, reference: "other");
        for (var i = 0; i < 4; i++)
        {
            await _harness.Store.AttemptAsync(MessageEventType.Rejected, _harness.Clock.Now, deadLetter: true);
        }

        Assert.Equal(1, await _operations.RedriveAsync(new DeliveryQuery { Tenant = Tenant, Reference = "other" }));

        Assert.Equal(3, (await _operations.DeadLettersAsync(new DeliveryQuery { Tenant = Tenant })).Items.Count);
        Assert.Equal("other", (await _harness.Store.ClaimOneAsync()).Delivery!.Delivery.Reference);
    }

    [Fact]
    public async Task PurgeAsync_DeadLetters_EmptiesTheListAndKeepsHistory()
    {
        var message = await AcceptAsync(1);
        await _harness.Store.AttemptAsync(MessageEventType.Rejected, _harness.Clock.Now, deadLetter: true);

        Assert.Equal(1, await _operations.PurgeAsync(new DeliveryQuery { Tenant = Tenant }));

        Assert.Empty((await _operations.DeadLettersAsync(new DeliveryQuery { Tenant = Tenant })).Items);
        Assert.Equal([DeliveryStatus.Failed], await StatusesAsync(message));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task DeadLettersAsync_PageOutOfRange_IsRefused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _operations.DeadLettersAsync(new DeliveryQuery { Tenant = Tenant, Limit = limit }));

    [Fact]
    public async Task PauseAsync_Twice_StaysPausedSinceTheFirstTimeForTheNewReason()
    {
        var since = _harness.Clock.Now;
        await _operations.PauseAsync(new(Tenant, Account: "email"), "outage");
        _harness.Clock.Advance(TimeSpan.FromHours(1));

        await _operations.PauseAsync(new(Tenant, Account: "email"), "longer outage");
        await _operations.PauseAsync(new(Tenant, Template: "news"), "wrong text");

        Assert.Equal(
            [new(new(Tenant, Account: "email"), "longer outage", since), new Pause(new(Tenant, Template: "news"), "wrong text", _harness.Clock.Now)],
            await _operations.PausesAsync(Tenant));
    }

    [Fact]
    public async Task ResumeAsync_Paused_ReleasesAllThatWasHeld()
    {
        var scope = new PauseScope(Tenant, Template: "news");
        await _operations.PauseAsync(scope, "wrong text");
        await AcceptAsync(6_000, parkKey: ParkKeys.Pause(scope));

        Assert.True(await _operations.ResumeAsync(scope));

        Assert.Equal(6_000, (await _harness.Store.MeasureAsync(default)).Ready);
        Assert.Empty(await _operations.PausesAsync(Tenant));
    }

    [Fact]
    public async Task ResumeAsync_NotPaused_SaysSoAndReleasesWhatAnEarlierCallLeft()
    {
        var scope = new PauseScope(Tenant);
        await AcceptAsync(1, parkKey: ParkKeys.Pause(scope));

        Assert.False(await _operations.ResumeAsync(scope));

        Assert.Equal(0, (await _harness.Store.MeasureAsync(default)).Parked);
    }

    [Fact]
    public async Task PausesAsync_AccountPausedForAll_IsListedForEach()
    {
        var scope = new PauseScope(EntitySchema.SharedTenant, Account: "email");
        await _operations.PauseAsync(scope, "outage");

        Assert.Equal(scope, Assert.Single(await _operations.PausesAsync(new("salon"))).Scope);
    }

    [Fact]
    public async Task PauseAsync_AccountAndTemplate_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _operations.PauseAsync(new(Tenant, "email", "news"), "r"));

    public void Dispose() => _harness.Dispose();

    private static DeliveryPlan Plan(StoredMessage message) => new()
    {
        Id = new PlanId(Some.Id()),
        Tenant = Tenant,
        MessageId = message.Id,
        Reference = message.Reference,
        Route = "urgent",
        Steps = [],
    };

    private async Task<StoredMessage> AcceptAsync(int deliveries, string? reference = null, DateTimeOffset? until = null, string? parkKey = null)
    {
        var message = Some.StoredMessage() with { Reference = reference };
        var stored = Enumerable.Range(0, deliveries).Select(_ => Some.StoredDelivery(message) with
        {
            Work = parkKey is not null ? WorkState.Parked : until is not null ? WorkState.Waiting : WorkState.Ready,
            ParkKey = parkKey,
            DueAt = until ?? message.AcceptedAt,
        }).ToArray();
        Assert.Equal(ChangeStatus.Applied, await _harness.Store.ApplyAsync(Some.Accept(message, stored)));
        return message;
    }

    private async Task<DeliveryId> IdAsync(StoredMessage message) =>
        Assert.Single((await _harness.Store.QueryAsync(new DeliveryQuery { Tenant = Tenant, MessageId = message.Id }, default)).Items).Id;

    private async Task<DeliveryStatus[]> StatusesAsync(StoredMessage message)
    {
        var page = await _harness.Store.QueryAsync(new DeliveryQuery { Tenant = Tenant, MessageId = message.Id }, default);
        return [.. page.Items.Select(delivery => delivery.Status)];
    }
}

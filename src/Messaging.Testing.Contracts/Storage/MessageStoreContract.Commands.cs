using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class MessageStoreContract
{
    private static readonly Why Operator = new(WhyCodes.Canceled, "The booking was moved.");

    [Theory]
    [InlineData(WorkState.Ready)]
    [InlineData(WorkState.Waiting)]
    [InlineData(WorkState.Parked)]
    public async Task Cancel_NotInAWorkersHands_IsWithdrawn(WorkState work)
    {
        var delivery = await AcceptAsync(d => d with { Work = work, DueAt = Now.AddHours(1), ParkKey = "key" });

        await ApplyAsync(Command(DeliveryCommandType.Cancel, delivery, Operator));

        var state = await StateAsync(delivery);
        Assert.Equal((WorkState.Done, DeliveryStatus.Canceled, Operator, (DateTimeOffset?)Now), (state.Work, state.Status, state.Why, state.SettledAt));
        Assert.Equal(0, (await CommitAsync(new Change { Releases = [new Release("key")] })).Released);
        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Cancel_DoneOrUnknownOrAnotherTenants_IsStale()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Settle(Sent(work)));
        var open = await AcceptAsync();

        Assert.Equal(
            [ChangeStatus.Stale, ChangeStatus.Stale, ChangeStatus.Stale],
            await CommitAsync(
                Command(DeliveryCommandType.Cancel, work.Delivery!.Delivery),
                Command(DeliveryCommandType.Cancel, Some.StoredDelivery()),
                Command(DeliveryCommandType.Cancel, open with { Tenant = Some.Tenant() })));
        Assert.Equal(WorkState.Ready, (await StateAsync(open)).Work);
    }

    [Theory]
    [InlineData(WorkState.Waiting)]
    [InlineData(WorkState.Ready)]
    [InlineData(WorkState.Parked)]
    public async Task Cancel_InAWorkersHandsThenTriedAgain_IsWithdrawnAtSettle(WorkState next)
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Command(DeliveryCommandType.Cancel, work.Delivery!.Delivery, Operator));
        var marked = await StateAsync(work.Delivery.Delivery);
        Assert.Equal((WorkState.Leased, true), (marked.Work, marked.CancelRequested));

        await ApplyAsync(Settle(Retry(work, TimeSpan.FromMinutes(1)) with { Next = next, ParkKey = "key" }));

        var state = await StateAsync(work.Delivery.Delivery);
        Assert.Equal((WorkState.Done, DeliveryStatus.Canceled, Operator, 1), (state.Work, state.Status, state.Why, state.TotalAttempts));
        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Cancel_InAWorkersHandsThatSucceeds_IsSent()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Command(DeliveryCommandType.Cancel, work.Delivery!.Delivery));

        await ApplyAsync(Settle(Sent(work)));

        var state = await StateAsync(work.Delivery.Delivery);
        Assert.Equal((WorkState.Done, DeliveryStatus.Sent), (state.Work, state.Status));
        Assert.False(state.Evidence.Has(MessageEventType.Canceled));
    }

    [Fact]
    public async Task Cancel_InAWorkersHandsThatDies_IsNotHandedOutAgain()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Command(DeliveryCommandType.Cancel, work.Delivery!.Delivery, Operator));
        await Fixture.AdvanceAsync(Lease);

        Assert.Empty(await ClaimAsync());

        var state = await StateAsync(work.Delivery.Delivery);
        Assert.Equal((WorkState.Done, DeliveryStatus.Canceled, Operator), (state.Work, state.Status, state.Why));
        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Settle(Sent(work)))).Status);
    }

    [Fact]
    public async Task Cancel_InAWorkersHandsThatDiesDuringItsCall_KeepsTheDoubt()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(new Change { Begins = [new AttemptStart(work.Lease, "sms-1")] });
        await ApplyAsync(Command(DeliveryCommandType.Cancel, work.Delivery!.Delivery));
        await Fixture.AdvanceAsync(Lease);

        Assert.Empty(await ClaimAsync());

        Assert.True((await StateAsync(work.Delivery.Delivery)).Evidence.Has(MessageEventType.Unconfirmed));
    }

    [Theory]
    [InlineData(WorkState.Waiting)]
    [InlineData(WorkState.Parked)]
    public async Task MakeDue_WaitingOrParked_IsClaimableNow(WorkState work)
    {
        var delivery = await AcceptAsync(d => d with { Work = work, DueAt = Now.AddDays(1), ParkKey = "key" });

        await ApplyAsync(Command(DeliveryCommandType.MakeDue, delivery));

        Assert.Equal(delivery.Id, (await ClaimOneAsync()).Delivery!.Delivery.Id);
    }

    [Fact]
    public async Task MakeDue_InAWorkersHandsOrDone_IsStale()
    {
        var work = await AcceptAndClaimAsync();
        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Command(DeliveryCommandType.MakeDue, work.Delivery!.Delivery))).Status);

        await ApplyAsync(Settle(Sent(work)));
        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Command(DeliveryCommandType.MakeDue, work.Delivery.Delivery))).Status);
    }

    [Fact]
    public async Task Redrive_DeadLetter_OpensANewGeneration()
    {
        var delivery = await AcceptAndBuryAsync();
        Assert.Equal((DeliveryStatus.Failed, true), ((await StateAsync(delivery)).Status, (await StateAsync(delivery)).DeadLetter));

        await ApplyAsync(Command(DeliveryCommandType.Redrive, delivery));

        var state = await StateAsync(delivery);
        Assert.Equal((WorkState.Ready, DeliveryStatus.Queued, 1, false), (state.Work, state.Status, state.Generation, state.DeadLetter));
        Assert.Equal((0, 1, null), (state.Attempts, state.TotalAttempts, state.SettledAt));

        var again = await ClaimOneAsync();
        Assert.Equal(1, again.Claims);
        await ApplyAsync(Settle(Sent(again)));
        state = await StateAsync(delivery);
        Assert.Equal((DeliveryStatus.Sent, 1, 2), (state.Status, state.Attempts, state.TotalAttempts));
        Assert.True(state.Evidence.Has(MessageEventType.Dead, 0));
    }

    [Fact]
    public async Task Redrive_FailsAgain_CanBeRedrivenAgain()
    {
        var delivery = await AcceptAndBuryAsync();
        await ApplyAsync(Command(DeliveryCommandType.Redrive, delivery));
        await ApplyAsync(Settle(Dead(await ClaimOneAsync())));

        await ApplyAsync(Command(DeliveryCommandType.Redrive, delivery));

        Assert.Equal(2, (await StateAsync(delivery)).Generation);
    }

    [Fact]
    public async Task Redrive_SentOrOpen_IsStale()
    {
        var work = await AcceptAndClaimAsync();
        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Command(DeliveryCommandType.Redrive, work.Delivery!.Delivery))).Status);

        await ApplyAsync(Settle(Sent(work)));
        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Command(DeliveryCommandType.Redrive, work.Delivery.Delivery))).Status);

        await ApplyAsync(Report(work.Delivery.Delivery, MessageEventType.HardBounced));
        await ApplyAsync(Command(DeliveryCommandType.Redrive, work.Delivery.Delivery));
    }

    [Fact]
    public async Task Purge_DeadLetter_LeavesTheList()
    {
        var delivery = await AcceptAndBuryAsync();

        Assert.Equal(
            [ChangeStatus.Applied, ChangeStatus.Stale],
            await CommitAsync(Command(DeliveryCommandType.Purge, delivery), Command(DeliveryCommandType.Purge, delivery)));
        var state = await StateAsync(delivery);
        Assert.Equal((false, DeliveryStatus.Failed), (state.DeadLetter, state.Status));
    }

    [Fact]
    public async Task Release_OfManyKeys_TakesTheOldestFirstUpToItsMost()
    {
        var parked = new List<StoredDelivery>();
        for (var i = 0; i < 5; i++)
        {
            parked.Add(await AcceptAsync(d => d with { Work = WorkState.Parked, ParkKey = "one" }));
            await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        var other = await AcceptAsync(d => d with { Work = WorkState.Parked, ParkKey = "two" });

        Assert.Equal(2, (await CommitAsync(new Change { Releases = [new Release("one", 2)] })).Released);
        Assert.Equal([parked[0].Id, parked[1].Id], (await ClaimAsync()).Select(work => work.Delivery!.Delivery.Id));

        Assert.Equal(4, (await CommitAsync(new Change { Releases = [new Release("one"), new Release("two")] })).Released);
        Assert.Equal([parked[2].Id, parked[3].Id, parked[4].Id, other.Id], (await ClaimAsync()).Select(work => work.Delivery!.Delivery.Id));
        Assert.Equal(0, (await CommitAsync(new Change { Releases = [new Release("one"), new Release("never")] })).Released);
    }
}

using System.Text;
using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class MessageStoreContract
{
    [Fact]
    public async Task Settle_Sent_IsDoneWithAttemptAndProof()
    {
        var work = await AcceptAndClaimAsync();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(3));

        await ApplyAsync(Settle(Sent(work, "provider-1")));

        var state = await StateAsync(work.Delivery!.Delivery);
        Assert.Equal((WorkState.Done, DeliveryStatus.Sent), (state.Work, state.Status));
        Assert.Equal((1, 1, "email", "provider-1"), (state.Attempts, state.TotalAttempts, state.Account, state.ProviderId));
        Assert.Equal(Now, state.SettledAt);
        Assert.Equal(Now, state.Evidence.First(MessageEventType.Submitted));
        Assert.Null(state.Why);
        await Fixture.AdvanceAsync(Lease);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Settle_Retry_WaitsForItsTimeAndCounts()
    {
        var work = await AcceptAndClaimAsync();
        var retry = Retry(work, TimeSpan.FromMinutes(10));

        await ApplyAsync(Settle(retry));

        var state = await StateAsync(work.Delivery!.Delivery);
        Assert.Equal((WorkState.Waiting, DeliveryStatus.Queued, retry.DueAt, retry.Why), (state.Work, state.Status, state.DueAt, state.Why));
        Assert.Equal((1, 1), (state.Attempts, state.TotalAttempts));
        Assert.Empty(await ClaimAsync());

        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(10));
        var again = await ClaimOneAsync();
        Assert.True(again.Lease.Fence > work.Lease.Fence);
        Assert.Equal((1, 1), (again.Claims, again.Delivery!.State.Attempts));
    }

    [Fact]
    public async Task Settle_Ready_IsClaimableAtOnce()
    {
        var work = await AcceptAndClaimAsync();

        await ApplyAsync(Settle(Next(work, WorkState.Ready)));

        Assert.Equal(0, (await ClaimOneAsync()).Delivery!.State.Attempts);
    }

    [Fact]
    public async Task Settle_OlderLease_IsStaleAndChangesNothing()
    {
        var lost = await AcceptAndClaimAsync();
        await Fixture.AdvanceAsync(Lease);
        var current = await ClaimOneAsync();

        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Settle(Sent(lost, "from-the-stale-one")))).Status);

        var state = await StateAsync(current.Delivery!.Delivery);
        Assert.Equal((WorkState.Leased, 0, null), (state.Work, state.TotalAttempts, state.ProviderId));
        Assert.Equal(Evidence.None, state.Evidence);
        await ApplyAsync(Settle(Sent(current)));
    }

    [Fact]
    public async Task Settle_OlderLeaseAfterTheOtherIsDoneAndRedriven_IsStale()
    {
        var lost = await AcceptAndClaimAsync();
        await Fixture.AdvanceAsync(Lease);
        await ApplyAsync(Settle(Dead(await ClaimOneAsync())));
        await ApplyAsync(Command(DeliveryCommandType.Redrive, lost.Delivery!.Delivery));
        var redriven = await ClaimOneAsync();

        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Settle(Sent(lost)))).Status);
        Assert.True(redriven.Lease.Fence > lost.Lease.Fence);
        await ApplyAsync(Settle(Sent(redriven)));
    }

    [Fact]
    public async Task Settle_Twice_SecondIsStale()
    {
        var work = await AcceptAndClaimAsync();

        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Stale], await CommitAsync(Settle(Sent(work)), Settle(Sent(work))));
        Assert.Equal(1, (await StateAsync(work.Delivery!.Delivery)).TotalAttempts);
    }

    [Fact]
    public async Task Settle_TwiceInOneChange_IsStaleAndChangesNothing()
    {
        var work = await AcceptAndClaimAsync();

        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Settle(Sent(work), Dead(work)))).Status);
        Assert.Equal(WorkState.Leased, (await StateAsync(work.Delivery!.Delivery)).Work);
    }

    [Fact]
    public async Task Settle_UnknownWork_IsStale()
    {
        var lease = new LeaseToken(WorkKind.Deliver, Some.Id(), 1);

        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Settle(new Settlement { Lease = lease, Next = WorkState.Done }))).Status);
    }

    [Fact]
    public async Task Settle_HandBack_DoesNotCountAndKeepsItsPlace()
    {
        var first = await AcceptAsync();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        var second = await AcceptAsync();
        var work = Assert.Single(await ClaimAsync(1));
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));

        await ApplyAsync(Settle(Next(work, WorkState.Ready) with { HandBack = true }));

        var again = await ClaimAsync();
        Assert.Equal([first.Id, second.Id], again.Select(w => w.Delivery!.Delivery.Id));
        Assert.Equal(1, again[0].Claims);
        Assert.Equal(work.Delivery!.State.Since, again[0].Delivery!.State.Since);
        Assert.Equal(0, again[0].Delivery!.State.Attempts);
    }

    [Fact]
    public async Task Settle_RenderedPayload_TakesThePlaceOfTheOld()
    {
        var work = await AcceptAndClaimAsync();
        var rendered = "rendered once"u8.ToArray();

        await ApplyAsync(Settle(Retry(work, TimeSpan.FromMinutes(1)) with { Payload = rendered }));
        rendered.AsSpan().Clear();
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));

        var again = await ClaimOneAsync();
        Assert.Equal("rendered once", Encoding.UTF8.GetString(again.Delivery!.Delivery.Payload.Span));
        Assert.Equal("shared", Encoding.UTF8.GetString(again.Delivery.Message.Payload.Span));
    }

    [Fact]
    public async Task Settle_Parked_IsHeldUntilItsKeyIsReleased()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Settle(Park(work, "account:email")));

        var state = await StateAsync(work.Delivery!.Delivery);
        Assert.Equal((WorkState.Parked, DeliveryStatus.Queued, WhyCodes.Paused), (state.Work, state.Status, state.Why!.Code));
        await Fixture.AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Empty(await ClaimAsync());

        var released = await CommitAsync(new Change { Releases = [new Release("account:email")] });
        Assert.Equal((ChangeStatus.Applied, 1), (released.Status, released.Released));
        await ClaimOneAsync();
    }

    [Fact]
    public async Task Begin_LeaseLost_NextOwnerLearnsOfIt()
    {
        var work = await AcceptAndClaimAsync();
        Assert.False(work.Delivery!.State.AttemptBegan);
        await ApplyAsync(new Change { Begins = [new AttemptStart(work.Lease, "sms-1")] });
        await Fixture.AdvanceAsync(Lease);

        var next = await ClaimOneAsync();

        Assert.True(next.Delivery!.State.AttemptBegan);
        Assert.Equal(("sms-1", 0), (next.Delivery.State.Account, next.Delivery.State.Attempts));
    }

    [Fact]
    public async Task Begin_LeaseLostThenHandedBack_FlagStays()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(new Change { Begins = [new AttemptStart(work.Lease, "sms-1")] });
        await Fixture.AdvanceAsync(Lease);
        await ApplyAsync(Settle(Next(await ClaimOneAsync(), WorkState.Ready) with { HandBack = true }));

        var next = await ClaimOneAsync();

        Assert.True(next.Delivery!.State.AttemptBegan);
        Assert.Equal(2, next.Claims);
    }

    [Fact]
    public async Task Begin_SettledWithAttempt_FlagIsGone()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(new Change { Begins = [new AttemptStart(work.Lease, "sms-1")] });
        await Fixture.AdvanceAsync(Lease);
        var next = await ClaimOneAsync();
        await ApplyAsync(Settle(Next(next, WorkState.Parked) with
        {
            ParkKey = "reconcile",
            Attempt = Attempt(MessageEventType.Unconfirmed),
            Proves = MessageEventType.Unconfirmed,
        }));

        var state = await StateAsync(next.Delivery!.Delivery);

        Assert.False(state.AttemptBegan);
        Assert.Equal(DeliveryStatus.Unconfirmed, state.Status);
    }

    [Fact]
    public async Task Begin_OlderLease_IsStale()
    {
        var lost = await AcceptAndClaimAsync();
        await Fixture.AdvanceAsync(Lease);
        var current = await ClaimOneAsync();

        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(new Change { Begins = [new AttemptStart(lost.Lease, "sms-1")] })).Status);
        Assert.Null((await StateAsync(current.Delivery!.Delivery)).Account);
    }
}

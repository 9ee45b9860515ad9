using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>The promises of <see cref="IWorkQueue"/>. Derive once per store.</summary>
public abstract partial class WorkQueueContract : StoreContract
{
    [Fact]
    public async Task Claim_Empty_ReturnsNothing() => Assert.Empty(await ClaimAsync());

    [Fact]
    public async Task Claim_Ready_TellsLeaseAndHowItStood()
    {
        var delivery = await AcceptAsync();
        var accepted = Now;
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(90));

        var work = await ClaimOneAsync();

        Assert.Equal((WorkKind.Deliver, delivery.Id.Value, 1), (work.Lease.Kind, work.Lease.WorkId, work.Claims));
        Assert.Equal(Now + Lease, work.Until);
        Assert.Equal((delivery.Id, delivery.MessageId), (work.Delivery!.Delivery.Id, work.Delivery.Message.Id));
        Assert.Equal((WorkState.Ready, accepted), (work.Delivery.State.Work, work.Delivery.State.Since));
        Assert.Null(work.Item);
        var state = await StateAsync(delivery);
        Assert.Equal((WorkState.Leased, Now + Lease, DeliveryStatus.Sending), (state.Work, state.DueAt, state.Status));
    }

    [Fact]
    public async Task Claim_AfterAWait_TellsSinceWhenItWaited()
    {
        await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddMinutes(5) });
        var accepted = Now;
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(accepted, (await ClaimOneAsync()).Delivery!.State.Since);
    }

    [Fact]
    public async Task Claim_OfABulk_EachCarriesTheMessage()
    {
        var bulk = Some.StoredMessage();
        await ApplyAsync(Some.Accept(bulk, Some.StoredDelivery(bulk), Some.StoredDelivery(bulk), Some.StoredDelivery(bulk)));

        var claimed = await ClaimAsync();

        Assert.Equal(3, claimed.Count);
        Assert.All(claimed, work => Assert.Equal(bulk.Payload.ToArray(), work.Delivery!.Message.Payload.ToArray()));
    }

    [Fact]
    public async Task Claim_Held_IsNotHandedOutTwice()
    {
        await AcceptAndClaimAsync();
        await Fixture.AdvanceAsync(Lease - TimeSpan.FromMilliseconds(1));

        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Claim_LeaseEnded_IsHandedOutWithANewFenceAndCounted()
    {
        var first = await AcceptAndClaimAsync();
        await Fixture.AdvanceAsync(Lease);
        var second = await ClaimOneAsync();
        await Fixture.AdvanceAsync(Lease);
        var third = await ClaimOneAsync();

        Assert.Equal([1, 2, 3], new[] { first, second, third }.Select(work => work.Claims));
        Assert.True(first.Lease.Fence < second.Lease.Fence && second.Lease.Fence < third.Lease.Fence);
        Assert.Equal(0, third.Delivery!.State.Attempts);
    }

    [Fact]
    public async Task Claim_OfOneTenant_OldestDueGoesFirst()
    {
        var late = await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddMinutes(3) });
        var early = await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddMinutes(1) });
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(2));
        var between = await AcceptAsync();
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(2));
        var last = await AcceptAsync();

        Assert.Equal([early.Id, between.Id, late.Id, last.Id], Ids(await ClaimAsync()));
    }

    [Fact]
    public async Task Claim_SameDue_GoesInOrderOfArrival()
    {
        var deliveries = Enumerable.Range(0, 20).Select(_ => Some.StoredDelivery()).ToArray();
        await AcceptAsync(deliveries);

        Assert.Equal(deliveries.Select(delivery => delivery.Id), Ids([.. await ClaimAsync(7), .. await ClaimAsync(7), .. await ClaimAsync(7)]));
    }

    [Fact]
    public async Task Claim_SeveralLanes_HigherGoFirst()
    {
        var byLane = new Dictionary<MessagePriority, StoredDelivery[]>();
        foreach (var lane in Enum.GetValues<MessagePriority>().Reverse())
        {
            byLane[lane] = [await AcceptAsync(d => d with { Priority = lane }), await AcceptAsync(d => d with { Priority = lane })];
        }

        Assert.Equal(
            byLane.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value).Select(delivery => delivery.Id),
            Ids([.. await ClaimAsync(3), .. await ClaimAsync(3), .. await ClaimAsync(3)]));
    }

    [Fact]
    public async Task Claim_WithReserves_EveryLaneGetsItsShare()
    {
        await AcceptManyAsync(MessagePriority.Critical, 20);
        await AcceptManyAsync(MessagePriority.Normal, 20);
        await AcceptManyAsync(MessagePriority.Bulk, 20);

        var claimed = await ClaimAsync(10, reserved: [1, 1, 2, 3]);

        // One of each lane's share; what High leaves and what nobody reserved goes to Critical.
        Assert.Equal([(MessagePriority.Critical, 5), (MessagePriority.Normal, 2), (MessagePriority.Bulk, 3)], ByLane(claimed));
    }

    [Fact]
    public async Task Claim_WithReservesNobodyNeeds_GoesToTheOthersFromTheTop()
    {
        await AcceptManyAsync(MessagePriority.High, 3);
        await AcceptManyAsync(MessagePriority.Bulk, 20);

        Assert.Equal([(MessagePriority.High, 3), (MessagePriority.Bulk, 7)], ByLane(await ClaimAsync(10, reserved: [8, 1, 0, 1])));
    }

    [Fact]
    public async Task Claim_OfCertainKinds_LeavesTheOthers()
    {
        await AcceptAsync();
        await ApplyAsync(new Change { Enqueues = [Item(WorkKind.RouteCheck), Item(WorkKind.NotifyHost), Item(WorkKind.Maintain)] });

        var claimed = await ClaimAsync(10, null, WorkKind.RouteCheck, WorkKind.Maintain);

        Assert.Equal([WorkKind.RouteCheck, WorkKind.Maintain], claimed.Select(work => work.Lease.Kind).Order());
        Assert.Equal([WorkKind.Deliver, WorkKind.NotifyHost], (await ClaimAsync()).Select(work => work.Lease.Kind).Order());
    }

    [Fact]
    public async Task Claim_ManyCallers_NoPieceHasTwoOwners()
    {
        const int Count = 2_000;
        for (var i = 0; i < Count; i += 500)
        {
            var changes = Enumerable.Range(0, 500).Select(n => Some.Accept(Some.StoredDelivery() with { Tenant = new TenantId($"t{n % 7}") })).ToArray();
            Assert.All(await CommitAsync(changes), status => Assert.Equal(ChangeStatus.Applied, status));
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(ClaimAllAsync)));

        Assert.Equal(Count, claimed.Sum(ids => ids.Count));
        Assert.Equal(Count, claimed.SelectMany(ids => ids).Distinct().Count());
    }

    [Fact]
    public async Task Claim_Handed_Back_ByManyOwnersAtOnce_EachIsSettledOnce()
    {
        await AcceptAsync([.. Enumerable.Range(0, 200).Select(_ => Some.StoredDelivery())]);

        var settled = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => WorkAsync(worker))));

        Assert.Equal(200, settled.Sum());
        Assert.Empty(await ClaimAsync());
    }

    /// <summary>Hands every third piece back and ends the rest, until nothing is left.</summary>
    private async Task<int> WorkAsync(int seed)
    {
        var (settled, random) = (0, new Random(seed));
        while (await ClaimAsync(5) is { Count: > 0 } claimed)
        {
            foreach (var work in claimed)
            {
                var back = random.Next(3) == 0;
                await ApplyAsync(Settle(back ? Next(work, WorkState.Ready) with { HandBack = true } : Sent(work)));
                settled += back ? 0 : 1;
            }
        }

        return settled;
    }

    private async Task<List<Guid>> ClaimAllAsync()
    {
        var ids = new List<Guid>();
        while (await ClaimAsync(13) is { Count: > 0 } claimed)
        {
            ids.AddRange(claimed.Select(work => work.Lease.WorkId));
        }

        return ids;
    }

    private Task AcceptManyAsync(MessagePriority lane, int count) =>
        AcceptAsync([.. Enumerable.Range(0, count).Select(_ => Some.StoredDelivery() with { Priority = lane })]);

    private static IEnumerable<DeliveryId> Ids(IEnumerable<LeasedWork> claimed) => claimed.Select(work => work.Delivery!.Delivery.Id);

    private static IEnumerable<(MessagePriority Lane, int Count)> ByLane(IEnumerable<LeasedWork> claimed) =>
        claimed.GroupBy(work => work.Delivery!.Delivery.Priority).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()));
}

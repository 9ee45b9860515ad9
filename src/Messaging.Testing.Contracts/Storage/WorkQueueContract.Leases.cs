using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class WorkQueueContract
{
    [Fact]
    public async Task Extend_Held_LastsLonger()
    {
        var work = await AcceptAndClaimAsync();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(50));

        Assert.Equal([work.Lease], await Fixture.Queue.ExtendAsync([work.Lease], Lease, default));

        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.Empty(await ClaimAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(10));
        await ClaimOneAsync();
    }

    [Fact]
    public async Task Extend_LostSettledOrUnknown_IsNotReturned()
    {
        var (lost, settled) = (await AcceptAndClaimAsync(), await AcceptAndClaimAsync());
        await ApplyAsync(Settle(Sent(settled)));
        await Fixture.AdvanceAsync(Lease);
        var current = await ClaimOneAsync();
        var unknown = new LeaseToken(WorkKind.Deliver, Some.Id(), 1);

        Assert.Equal([current.Lease], await Fixture.Queue.ExtendAsync([lost.Lease, settled.Lease, unknown, current.Lease], Lease, default));
    }

    [Fact]
    public async Task Wait_SomethingIsReady_CompletesAtOnce()
    {
        await AcceptAsync();

        await Soon(Fixture.Queue.WaitForWorkAsync(default).AsTask());
    }

    [Fact]
    public async Task Wait_SomethingComes_Completes()
    {
        var claim = ClaimWhenThereIsAsync();

        var delivery = await AcceptAsync();

        Assert.Equal(delivery.Id, (await Soon(claim)).Delivery!.Delivery.Id);
    }

    [Fact]
    public async Task Wait_SomethingBecomesDue_Completes()
    {
        await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddHours(1) });
        var claim = ClaimWhenThereIsAsync();

        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));

        await Soon(claim);
    }

    [Fact]
    public async Task Wait_SomethingEarlierComes_CompletesForThat()
    {
        await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddHours(1) });
        var claim = ClaimWhenThereIsAsync();
        var sooner = await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddMinutes(1) });

        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(sooner.Id, (await Soon(claim)).Delivery!.Delivery.Id);
    }

    [Fact]
    public async Task Wait_LeaseEnds_Completes()
    {
        var lost = await AcceptAndClaimAsync();
        var claim = ClaimWhenThereIsAsync();

        await Fixture.AdvanceAsync(Lease);

        Assert.Equal(lost.Lease.WorkId, (await Soon(claim)).Lease.WorkId);
    }

    [Fact]
    public async Task Wait_ParkedIsReleased_Completes()
    {
        await AcceptAsync(d => d with { Work = WorkState.Parked, ParkKey = "key" });
        var claim = ClaimWhenThereIsAsync();

        await ApplyAsync(new Change { Releases = [new Release("key")] });

        await Soon(claim);
    }

    [Fact]
    public async Task Wait_HandedBackOrMadeDueOrRedriven_Completes()
    {
        var work = await AcceptAndClaimAsync();
        var claim = ClaimWhenThereIsAsync();
        await ApplyAsync(Settle(Next(work, WorkState.Ready) with { HandBack = true }));
        work = await Soon(claim);

        claim = ClaimWhenThereIsAsync();
        await ApplyAsync(Settle(Retry(work, TimeSpan.FromDays(1))));
        await ApplyAsync(Command(DeliveryCommandType.MakeDue, work.Delivery!.Delivery));
        work = await Soon(claim);

        claim = ClaimWhenThereIsAsync();
        await ApplyAsync(Settle(Dead(work)));
        await ApplyAsync(Command(DeliveryCommandType.Redrive, work.Delivery!.Delivery));
        await Soon(claim);
    }

    [Fact]
    public async Task Wait_OfCertainKinds_CompletesForThese()
    {
        await AcceptAsync();
        await ApplyAsync(new Change { Enqueues = [Item(WorkKind.RouteCheck)] });
        await Soon(Fixture.Queue.WaitForWorkAsync([WorkKind.Maintain, WorkKind.RouteCheck], default).AsTask());

        var claim = ClaimWhenThereIsAsync(WorkKind.Maintain);
        await ApplyAsync(new Change { Enqueues = [Item(WorkKind.Maintain)] });
        Assert.Equal(WorkKind.Maintain, (await Soon(claim)).Lease.Kind);

        claim = ClaimWhenThereIsAsync(WorkKind.Maintain);
        await ApplyAsync(new Change { Enqueues = [Item(WorkKind.Maintain) with { DueAt = Now.AddMinutes(1) }] });
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await Soon(claim);
    }

    [Fact]
    public async Task Wait_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        var wait = WaitUntilCancelledAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(wait));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fixture.Queue.WaitForWorkAsync(stop.Token).AsTask());
    }

    [Fact]
    public async Task Wait_SeveralAtOnce_EachGetsWork()
    {
        var claims = Enumerable.Range(0, 4).Select(_ => ClaimWhenThereIsAsync()).ToArray();

        for (var i = 0; i < claims.Length; i++)
        {
            await AcceptAsync();
        }

        var claimed = await Soon(Task.WhenAll(claims));
        Assert.Equal(4, claimed.Select(work => work.Lease.WorkId).Distinct().Count());
    }

    [Fact]
    public async Task Wait_ProducersAndConsumersAtFullSpeed_NothingIsMissed()
    {
        const int Count = 400;
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var left = Count;
        var consumers = Enumerable.Range(0, 3).Select(_ => Task.Run(ConsumeAsync)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(ProduceAsync)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(consumers));
        Assert.Equal(0, left);

        async Task ProduceAsync()
        {
            for (var i = 0; i < Count / 2; i++)
            {
                await AcceptAsync();
            }
        }

        async Task ConsumeAsync()
        {
            while (true)
            {
                await Fixture.Queue.WaitForWorkAsync(stop.Token);
                foreach (var work in await ClaimAsync(1))
                {
                    await ApplyAsync(Settle(Sent(work)));
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        await stop.CancelAsync();
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Measure_OneOfEach_Counts()
    {
        await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddHours(1) });
        await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddHours(2) });
        await AcceptAsync(d => d with { Work = WorkState.Parked, ParkKey = "key" });
        await AcceptAndClaimAsync();
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(1));
        var since = Now;
        await AcceptAsync();
        await ApplyAsync(new Change { Enqueues = [Item()] });

        var depth = await Fixture.Queue.MeasureAsync(default);

        Assert.Equal((2, 1, 2, 1), (depth.Ready, depth.Leased, depth.Waiting, depth.Parked));
        Assert.Equal(since, depth.OldestReady);
        Assert.Equal(since - TimeSpan.FromSeconds(1) + Lease, depth.NextDue);
    }

    [Fact]
    public async Task Measure_DueAndLost_CountAsReady()
    {
        await AcceptAndClaimAsync();
        await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now + Lease });
        await Fixture.AdvanceAsync(Lease);

        var depth = await Fixture.Queue.MeasureAsync(default);

        Assert.Equal((2, 0, 0), (depth.Ready, depth.Leased, depth.Waiting));
    }

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(30));

    private static Task Soon(Task task) => task.WaitAsync(TimeSpan.FromSeconds(30));

    private async Task WaitUntilCancelledAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Fixture.Queue.WaitForWorkAsync(cancellationToken);
        }
    }

    private async Task<LeasedWork> ClaimWhenThereIsAsync(params IReadOnlyList<WorkKind> kinds)
    {
        while (true)
        {
            if (await ClaimAsync(1, null, kinds) is [var work])
            {
                return work;
            }

            await Fixture.Queue.WaitForWorkAsync(kinds, default);
        }
    }
}

using Messaging.Storage.PostgreSql.Maintenance;
using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Two stores on one database, as two processes have them.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private ManualClock _clock = null!;
    private PostgreSqlStore _one = null!;
    private PostgreSqlStore _two = null!;

    public async Task InitializeAsync()
    {
        var database = await TestCluster.DatabaseAsync();
        _clock = new ManualClock(database);
        (_one, _two) = (Work.Store(database), Work.Store(database));
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Claim_ByBothAtOnce_NoPieceHasTwoOwners()
    {
        const int Count = 1_500;
        await Work.AcceptAsync(_one, Count / 2);
        await Work.AcceptAsync(_two, Count / 2);

        var claimed = await Task.WhenAll(new[] { _one, _two, _one, _two }.Select(store => Task.Run(() => ClaimAllAsync(store))));

        Assert.Equal(Count, claimed.Sum(ids => ids.Count));
        Assert.Equal(Count, claimed.SelectMany(ids => ids).Distinct().Count());
    }

    [Fact]
    public async Task Claim_OwnerIsGone_OtherTakesOverAfterTheLease()
    {
        await Work.AcceptAsync(_one, 5);
        var lost = await _one.ClaimAsync(Work.Claim(10), default);
        Assert.Empty(await _two.ClaimAsync(Work.Claim(10), default));

        await _clock.AdvanceAsync(Lease);
        var taken = await _two.ClaimAsync(Work.Claim(10), default);

        Assert.Equal(lost.Select(work => work.Lease.WorkId).Order(), taken.Select(work => work.Lease.WorkId).Order());
        Assert.All(taken, work => Assert.Equal(2, work.Claims));
    }

    [Fact]
    public async Task Settle_ByStaleOwner_ChangesNothing()
    {
        await Work.AcceptAsync(_one, 3);
        var lost = await _one.ClaimAsync(Work.Claim(10), default);
        await _clock.AdvanceAsync(Lease);
        var taken = await _two.ClaimAsync(Work.Claim(10), default);

        var stale = await _one.CommitAsync([.. lost.Select(work => Work.Sent(work, _clock.Now))], default);
        Assert.All(stale, result => Assert.Equal(ChangeStatus.Stale, result.Status));
        Assert.Empty(await _one.ExtendAsync([.. lost.Select(work => work.Lease)], Lease, default));

        var settled = await _two.CommitAsync([.. taken.Select(work => Work.Sent(work, _clock.Now))], default);
        Assert.All(settled, result => Assert.Equal(ChangeStatus.Applied, result.Status));
        var state = (await _one.GetDeliveryAsync(TenantId.Default, taken[0].Delivery!.Delivery.Id, default))!.State;
        Assert.Equal((DeliveryStatus.Sent, 1), (state.Status, state.TotalAttempts));
    }

    [Fact]
    public async Task Claim_BacklogOfOneTenantFromOneNode_OtherTenantOfOtherNodeWaitsOneRoundAtMost()
    {
        var (big, small) = (Some.Tenant(), Some.Tenant());
        await Work.AcceptAsync(_one, 500, big);
        await _one.ClaimAsync(Work.Claim(100), default);
        await ShareAsync();
        await Work.AcceptAsync(_two, 2, small);

        var order = (await _two.ClaimAsync(Work.Claim(10), default)).Select(work => work.Delivery!.Delivery.Tenant).ToList();

        Assert.InRange(order.IndexOf(small), 0, 1);
        Assert.Equal(2, order.Count(tenant => tenant == small));
    }

    [Fact]
    public async Task Claim_OneTenantFromBothNodes_SharedTurnsKeepItsOrder()
    {
        var tenant = Some.Tenant();
        await Work.AcceptAsync(_one, 50, tenant);
        await ShareAsync();
        var last = Work.Accept(tenant);
        await _two.CommitAsync([last], default);

        var claimed = await _one.ClaimAsync(Work.Claim(100), default);

        Assert.Equal(last.Accept!.Deliveries[0].Id, claimed[^1].Delivery!.Delivery.Id);
    }

    [Fact]
    public async Task Acquire_ByBothAtOnce_GetNoMoreThanTheBurst()
    {
        var limits = new[] { new PostgreSqlRateLimitStore(_one), new PostgreSqlRateLimitStore(_two) };
        var charge = new RateCharge([new RateBucket("account", new Channels.RateLimit(1, TimeSpan.FromHours(1), 40)), new RateBucket("tenant", new Channels.RateLimit(1, TimeSpan.FromHours(1), 60))]);

        var granted = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var decisions = await limits[i % 2].AcquireAsync([.. Enumerable.Repeat(charge, 10)], default);
            return decisions.Count(decision => decision.Granted);
        })));

        Assert.Equal(40, granted.Sum());
    }

    [Fact]
    public async Task TryHold_LeaderIsGone_OtherLeadsAfterItsTerm()
    {
        var (first, second) = (new LeaderLease(_one.Database, "one"), new LeaderLease(_two.Database, "two"));
        await _one.StartAsync(default);

        Assert.True(await first.TryHoldAsync("test", Lease, default));
        Assert.True(await first.TryHoldAsync("test", Lease, default));
        Assert.False(await second.TryHoldAsync("test", Lease, default));

        await _clock.AdvanceAsync(Lease);
        Assert.True(await second.TryHoldAsync("test", Lease, default));
        Assert.False(await first.TryHoldAsync("test", Lease, default));

        await second.ReleaseAsync("test", default);
        Assert.True(await first.TryHoldAsync("test", Lease, default));
    }

    [Fact]
    public async Task Listen_OtherNodeAccepts_WaiterWakes()
    {
        using var stop = new CancellationTokenSource();
        await _one.StartAsync(default);
        await _two.StartAsync(default);
        var listening = _two.News.ListenAsync(stop.Token);
        var next = _two.Signal.Next;
        _one.News.HasOthers = true;

        // LISTEN takes effect at some moment after the call; every commit sends another notice.
        while (!next.IsCompleted)
        {
            await Work.AcceptAsync(_one, 1);
        }

        await next.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }

    /// <summary>Does what housekeeping does about once a second.</summary>
    private async Task ShareAsync()
    {
        await new TurnNotes(_one.Database, _one.Turns).ShareAsync(hasOthers: true, default);
        await _two.StartAsync(default);
        await new TurnNotes(_two.Database, _two.Turns).ShareAsync(hasOthers: true, default);
    }

    private static async Task<List<Guid>> ClaimAllAsync(PostgreSqlStore store)
    {
        var ids = new List<Guid>();
        while (await store.ClaimAsync(Work.Claim(17), default) is { Count: > 0 } claimed)
        {
            ids.AddRange(claimed.Select(work => work.Lease.WorkId));
        }

        return ids;
    }
}

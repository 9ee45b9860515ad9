using Messaging.Testing;

namespace Messaging.Storage.Memory;

public sealed class SmokeTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Store_AcceptClaimSettle_EndsSent()
    {
        using var store = new MemoryStore(_time);
        var delivery = Some.StoredDelivery();
        var accepted = await store.CommitAsync([Some.Accept(delivery), Some.Accept(delivery)], default);
        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Duplicate], accepted.Select(r => r.Status));

        var work = Assert.Single(await store.ClaimAsync(new ClaimRequest { Max = 10, LeaseFor = TimeSpan.FromMinutes(1), Owner = "me" }, default));
        var settled = new Settlement
        {
            Lease = work.Lease,
            Next = WorkState.Done,
            At = _time.Now,
            Proves = MessageEventType.Submitted,
            ProviderId = "p1",
            Attempt = new AttemptOutcome("email", _time.Now, TimeSpan.FromMilliseconds(5), MessageEventType.Submitted),
        };
        var results = await store.CommitAsync([new Change { Settles = [settled] }, new Change { Settles = [settled] }], default);
        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Stale], results.Select(r => r.Status));

        var found = await store.FindForReceiptAsync(null, "email", "p1", default);
        Assert.Equal(delivery.Id, found!.Delivery.Id);
        Assert.Equal(DeliveryStatus.Sent, found.State.Status);
        Assert.Equal(3, (await store.GetTimelineAsync(delivery.Tenant, delivery.Id, default)).Count);
        Assert.Equal(1, (await store.CountAsync(new StatisticsQuery { Tenant = delivery.Tenant }, default))[DeliveryStatus.Sent]);
    }

    [Fact]
    public async Task WaitForWork_LaterDue_WakesWhenTheClockReachesIt()
    {
        using var store = new MemoryStore(_time);
        var delivery = Some.StoredDelivery() with { Work = WorkState.Waiting, DueAt = _time.Now.AddMinutes(5) };
        await store.CommitAsync([Some.Accept(delivery)], default);
        var wait = store.WaitForWorkAsync(default).AsTask();
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Limits_BurstUsedUp_SaysWhen()
    {
        var limits = new MemoryRateLimitStore(_time);
        var charge = new RateCharge([new RateBucket("a", new(1, TimeSpan.FromSeconds(1), 2))]);
        var decisions = await limits.AcquireAsync([charge, charge, charge], default);
        Assert.Equal([true, true, false], decisions.Select(d => d.Granted));
        Assert.Equal(_time.Now.AddSeconds(1), decisions[2].RetryAt);
        _time.Advance(TimeSpan.FromSeconds(3));
        await limits.AcquireAsync([], default);
        Assert.Equal(0, limits.Count);
    }
}

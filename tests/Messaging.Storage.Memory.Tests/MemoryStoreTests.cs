using Messaging.Testing;

namespace Messaging.Storage.Memory;

public sealed class MemoryStoreTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryStore _store;

    public MemoryStoreTests() => _store = new MemoryStore(_time);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task WaitForWork_NothingIsDue_SleepsUntilItIs()
    {
        await CommitAsync(Some.Accept(Some.StoredDelivery() with { Work = WorkState.Waiting, DueAt = _time.Now.AddMinutes(5) }));
        var wait = _store.WaitForWorkAsync(default).AsTask();

        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.False(wait.IsCompleted);

        _time.Advance(TimeSpan.FromMinutes(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForWork_OnlyOtherKindsAreThere_DoesNotWakeForThem()
    {
        await CommitAsync(Some.Accept());
        var wait = _store.WaitForWorkAsync([WorkKind.Maintain], default).AsTask();

        await CommitAsync(Some.Accept());
        _time.Advance(TimeSpan.FromDays(1));

        Assert.False(wait.IsCompleted);
    }

    [Fact]
    public async Task WaitForWork_FarAhead_WaitsInStretchesThatTimersCanCount()
    {
        await CommitAsync(Some.Accept(Some.StoredDelivery() with { Work = WorkState.Waiting, DueAt = _time.Now.AddDays(400) }));
        var wait = _store.WaitForWorkAsync(default).AsTask();

        _time.Advance(TimeSpan.FromDays(399));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromDays(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForWork_NobodyWaits_NoTimerRuns()
    {
        await CommitAsync(Some.Accept(Some.StoredDelivery() with { Work = WorkState.Waiting, DueAt = _time.Now.AddMinutes(5) }));

        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public async Task Commit_ClockIsSetBack_TimeStandsStillUntilItCatchesUp()
    {
        var clock = new SettableTime(_time.Now);
        using var store = new MemoryStore(clock);
        await store.CommitAsync([Some.Accept(Some.StoredDelivery() with { Work = WorkState.Waiting, DueAt = _time.Now.AddMinutes(1) })], default);
        clock.Now += TimeSpan.FromMinutes(1);
        await store.MeasureAsync(default);
        clock.Now -= TimeSpan.FromHours(1);

        var claimed = await store.ClaimAsync(new ClaimRequest { Max = 9, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default);

        Assert.Equal(_time.Now.AddMinutes(2), Assert.Single(claimed).Until);
    }

    [Fact]
    public async Task Claim_BodiesThatAreNotSensitive_AreNotCopied()
    {
        await CommitAsync(Some.Accept());
        var delivery = (await ClaimAsync())[0].Delivery!;

        var again = await _store.GetDeliveryAsync(delivery.Delivery.Tenant, delivery.Delivery.Id, default);

        Assert.True(delivery.Delivery.Payload.Equals(again!.Delivery.Payload));
    }

    [Fact]
    public async Task Settle_SensitiveInAWorkersHands_WorkersCopyStays()
    {
        var message = Some.StoredMessage() with { Sensitive = true, Payload = "secret"u8.ToArray() };
        await CommitAsync(Some.Accept(message, Some.StoredDelivery(message) with { Payload = "code"u8.ToArray() }));
        var work = (await ClaimAsync())[0];

        await CommitAsync(new Change { Settles = [new Settlement { Lease = work.Lease, Next = WorkState.Done, At = _time.Now }] });

        Assert.Equal("secret"u8.ToArray(), work.Delivery!.Message.Payload.ToArray());
        Assert.Equal("code"u8.ToArray(), work.Delivery.Delivery.Payload.ToArray());
    }

    [Fact]
    public async Task Query_FewOfVeryManyMatch_PagesAreShortButEnd()
    {
        var needle = Some.StoredDelivery() with { Channel = "rare" };
        await CommitAsync(Some.Accept(needle));
        for (var i = 0; i < 25; i++)
        {
            await _store.CommitAsync([.. Enumerable.Range(0, 1_000).Select(_ => Some.Accept(Some.StoredDelivery() with { Work = WorkState.Done }))], default);
        }

        var query = new DeliveryQuery { Tenant = TenantId.Default, Account = "rare" };
        var first = await _store.QueryAsync(query, default);
        Assert.Empty(first.Items);
        Assert.NotNull(first.Next);

        var second = await _store.QueryAsync(query with { Cursor = first.Next }, default);
        Assert.Equal(needle.Id, Assert.Single(second.Items).Id);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Commit_WrongUse_ThrowsAndAppliesNothing()
    {
        var good = Some.Accept();
        foreach (var bad in new Change?[]
        {
            null,
            new Change { Accept = new Acceptance() },
            Some.Accept(Some.StoredDelivery() with { Work = WorkState.Leased }),
            new Change { Settles = [new Settlement { Lease = default, Next = WorkState.Leased }] },
            new Change { Enqueues = [new WorkItem { Id = Some.Id(), Kind = WorkKind.Deliver, Tenant = TenantId.Default }] },
        })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => _store.CommitAsync([good, bad!], default).AsTask());
        }

        Assert.Empty(await ClaimAsync());
    }

    /// <summary>Ten thousand retained messages leave the collector next to nothing to look at, and cost little beside their bodies.</summary>
    [Fact]
    public async Task Retained_ManyMessages_CostLittleAndNoObjectEach()
    {
        const int Count = 20_000;
        var payload = new byte[1_000];
        await _store.CommitAsync([Some.Accept()], default);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i += 100)
        {
            await _store.CommitAsync([.. Enumerable.Range(0, 100).Select(_ =>
            {
                var message = Some.StoredMessage() with { Payload = payload };
                return Some.Accept(message, Some.StoredDelivery(message) with { Payload = default });
            })], default);
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;

        Assert.InRange(each, payload.Length, payload.Length + 700);
    }

    private async Task CommitAsync(Change change) =>
        Assert.Equal(ChangeStatus.Applied, Assert.Single(await _store.CommitAsync([change], default)).Status);

    private ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync() =>
        _store.ClaimAsync(new ClaimRequest { Max = 100, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default);

    private sealed class SettableTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

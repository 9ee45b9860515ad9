using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Commit;

public sealed class CommitterTests : IAsyncLifetime
{
    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync() => _store = Work.Store(await TestCluster.DatabaseAsync());

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Commit_MixedSettlements_EachGetsItsOwnAnswer()
    {
        await Work.AcceptAsync(_store, 20);
        var claimed = await _store.ClaimAsync(Work.Claim(20), default);
        var changes = claimed.Select((work, i) => i % 3 == 0 ? Retry(work) : Work.Sent(work, Some.Instant)).ToList();
        changes.Insert(7, new Change { Settles = [new Settlement { Lease = new LeaseToken(WorkKind.Deliver, Some.Id(), 1), Next = WorkState.Done }] });

        var results = await _store.CommitAsync(changes, default);

        Assert.Equal(changes.Select((_, i) => i == 7 ? ChangeStatus.Stale : ChangeStatus.Applied), results.Select(result => result.Status));
        foreach (var (work, i) in claimed.Select((work, i) => (work, i)))
        {
            var state = (await _store.GetDeliveryAsync(TenantId.Default, work.Delivery!.Delivery.Id, default))!.State;
            Assert.Equal(i % 3 == 0 ? WorkState.Waiting : WorkState.Done, state.Work);
        }
    }

    [Fact]
    public async Task Commit_ManyCallersAndOneDuplicate_OnlyThatIsRefused()
    {
        var known = Work.Accept();
        await _store.CommitAsync([known], default);
        var changes = Enumerable.Range(0, 64).Select(i => i == 30 ? known : Work.Accept()).ToArray();

        var results = await Task.WhenAll(changes.Select(change => Task.Run(async () => (await _store.CommitAsync([change], default))[0])));

        Assert.Equal(changes.Select(change => change == known ? ChangeStatus.Duplicate : ChangeStatus.Applied), results.Select(result => result.Status));
        Assert.Equal(64, (await _store.MeasureAsync(default)).Ready);
    }

    [Fact]
    public async Task Commit_OneOfManyCallersIsWrong_OnlyThatFails()
    {
        // PostgreSQL's text holds no zero.
        var bad = Some.Accept(Some.StoredDelivery() with { Channel = "\0" });
        var changes = Enumerable.Range(0, 16).Select(i => i == 5 ? bad : Work.Accept()).ToArray();

        var tasks = changes.Select(change => Task.Run(() => _store.CommitAsync([change], default).AsTask())).ToArray();

        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(tasks));
        Assert.Equal(15, tasks.Count(task => task.IsCompletedSuccessfully));
        Assert.True(tasks[5].IsFaulted);
    }

    [Fact]
    public async Task Commit_BothWaysAtOnce_EveryDeliveryIsSettledOnce()
    {
        await Work.AcceptAsync(_store, 200);
        var claimed = await _store.ClaimAsync(Work.Claim(200), default);

        // A report beside each settlement: whichever is first, both count.
        var tasks = claimed.SelectMany(work => new[] { Work.Sent(work, Some.Instant), Report(work) })
            .Select(change => Task.Run(async () => (await _store.CommitAsync([change], default))[0].Status));
        Assert.All(await Task.WhenAll(tasks), status => Assert.Equal(ChangeStatus.Applied, status));

        foreach (var work in claimed)
        {
            var state = (await _store.GetDeliveryAsync(TenantId.Default, work.Delivery!.Delivery.Id, default))!.State;
            Assert.Equal((WorkState.Done, DeliveryStatus.Delivered, 1), (state.Work, state.Status, state.TotalAttempts));
            Assert.True(state.Evidence.Has(MessageEventType.Submitted));
        }
    }

    private static Change Retry(LeasedWork work) => new()
    {
        Settles =
        [
            new Settlement { Lease = work.Lease, Next = WorkState.Waiting, DueAt = Some.Instant.AddHours(1), At = Some.Instant, Why = new Why(WhyCodes.Retry, "Later.") },
        ],
    };

    private static Change Report(LeasedWork work) => new()
    {
        Events =
        [
            new StoredEvent
            {
                Key = work.Lease.WorkId.ToString(), Tenant = TenantId.Default, DeliveryId = work.Delivery!.Delivery.Id, Type = MessageEventType.Delivered,
                OccurredAt = Some.Instant, ReceivedAt = Some.Instant,
            },
        ],
    };
}

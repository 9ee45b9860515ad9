using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Queue;

public sealed class WorkSignalTests : IAsyncLifetime
{
    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync() => _store = Work.Store(await TestCluster.DatabaseAsync());

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Commit_NewMessage_WakesWhoWaits()
    {
        var next = _store.Signal.Next;

        await Work.AcceptAsync(_store, 1);

        Assert.True(next.IsCompleted);
    }

    [Fact]
    public async Task Commit_OnlySentDeliveries_WakesNobodyForNothing()
    {
        await Work.AcceptAsync(_store, 3);
        var claimed = await _store.ClaimAsync(Work.Claim(3), default);
        var next = _store.Signal.Next;

        await _store.CommitAsync([.. claimed.Select(work => Work.Sent(work, Some.Instant))], default);

        Assert.False(next.IsCompleted);
        Assert.Equal(0, (await _store.MeasureAsync(default)).Ready);
    }

    [Fact]
    public async Task Commit_SentDeliveryAndOneToTryAgain_WakesWhoWaits()
    {
        await Work.AcceptAsync(_store, 2);
        var claimed = await _store.ClaimAsync(Work.Claim(2), default);
        var back = new Settlement { Lease = claimed[1].Lease, Next = WorkState.Ready, HandBack = true };
        var next = _store.Signal.Next;

        await _store.CommitAsync([Work.Sent(claimed[0], Some.Instant), new Change { Settles = [back] }], default);

        Assert.True(next.IsCompleted);
        Assert.Single(await _store.ClaimAsync(Work.Claim(2), default));
    }
}

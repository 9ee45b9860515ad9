using Messaging.Testing;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>What both ways of handing out rows promise.</summary>
public sealed class IntakeReaderTests : IAsyncLifetime
{
    private OutboxHost _host = null!;

    public static TheoryData<string> Ways => ["skip locked", "claim"];

    public async Task InitializeAsync() => _host = await OutboxHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DrainAsync_TwoAtATime_GetDifferentRows(string way)
    {
        await StageAsync(4);
        List<MessageId> first = [], second = [];

        await DrainAsync(way, 2, async messages =>
        {
            first.AddRange(messages.Select(m => m.Id));
            await DrainAsync(way, 2, others =>
            {
                second.AddRange(others.Select(m => m.Id));
                return Task.FromResult<IReadOnlyList<MessageId>>(second);
            });
            return first;
        });

        Assert.Equal((2, 2), (first.Count, second.Count));
        Assert.Empty(first.Intersect(second));
        Assert.True(first.Max() < second.Min());
        Assert.Equal(0, await _host.StagedAsync());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DrainAsync_TakeInThrows_LeavesAllForTheNext(string way)
    {
        await StageAsync(2);

        await Assert.ThrowsAsync<IOException>(() => DrainAsync(way, 10, _ => throw new IOException("The store is away.")));

        Assert.Equal(2, await DrainAsync(way, 10, messages => Task.FromResult<IReadOnlyList<MessageId>>([.. messages.Select(m => m.Id)])));
        Assert.Equal(0, await _host.StagedAsync());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DrainAsync_StoppedMeanwhile_LeavesWhatIsLeftForTheNext(string way)
    {
        var ids = await StageAsync(2);
        using var stopping = new CancellationTokenSource();

        await Record.ExceptionAsync(() => DrainAsync(way, 10, async _ =>
        {
            await stopping.CancelAsync();
            return [ids[0]];
        }, stopping.Token));

        List<MessageId> left = [];
        await DrainAsync(way, 10, messages =>
        {
            left.AddRange(messages.Select(m => m.Id));
            return Task.FromResult<IReadOnlyList<MessageId>>([]);
        });
        Assert.Contains(ids[1], left);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DrainAsync_SomeNotDealtWith_LeavesThese(string way)
    {
        var ids = await StageAsync(3);

        await DrainAsync(way, 10, _ => Task.FromResult<IReadOnlyList<MessageId>>([ids[1]]));

        List<MessageId> left = [];
        await DrainAsync(way, 10, messages =>
        {
            left.AddRange(messages.Select(m => m.Id));
            return Task.FromResult<IReadOnlyList<MessageId>>([]);
        });
        Assert.Equal([ids[0], ids[2]], left);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DrainAsync_ExceptedAndNewerRows_AreLeftOut(string way)
    {
        var ids = await StageAsync(3);
        await _host.InScopeAsync(db => db.Set<IntakeRow>().Where(row => row.Id == ids[2].Value).ExecuteUpdateAsync(set => set.SetProperty(row => row.Format, 2)));

        List<MessageId> got = [];
        await DrainAsync(way, 10, messages =>
        {
            got.AddRange(messages.Select(m => m.Id));
            return Task.FromResult<IReadOnlyList<MessageId>>([]);
        }, ids[0]);

        Assert.Equal([ids[1]], got);
    }

    [Fact]
    public async Task DrainAsync_ClaimOfADeadProcess_EndsAfterAMinute()
    {
        await StageAsync(1);
        await _host.InScopeAsync(db => db.Set<IntakeRow>().ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Claim, Guid.NewGuid()).SetProperty(row => row.ClaimedUntil, _host.Clock.Now.AddMinutes(1).UtcTicks)));

        Assert.Equal(0, await DrainAsync("claim", 10, messages => Task.FromResult<IReadOnlyList<MessageId>>([.. messages.Select(m => m.Id)])));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await DrainAsync("claim", 10, messages => Task.FromResult<IReadOnlyList<MessageId>>([.. messages.Select(m => m.Id)])));
    }

    private Task<List<MessageId>> StageAsync(int count) => _host.InScopeAsync(async db =>
    {
        var receipts = await db.Messaging().SendAsync([.. Enumerable.Range(0, count).Select(_ => Some.Request())]);
        await db.SaveChangesAsync();
        return receipts.Select(r => r.MessageId).ToList();
    });

    private Task<int> DrainAsync(string way, int max, Func<IReadOnlyList<StagedMessage>, Task<IReadOnlyList<MessageId>>> takeIn, params MessageId[] except) =>
        DrainAsync(way, max, takeIn, default, except);

    private Task<int> DrainAsync(
        string way, int max, Func<IReadOnlyList<StagedMessage>, Task<IReadOnlyList<MessageId>>> takeIn, CancellationToken cancellationToken, params MessageId[] except)
    {
        IIntakeReader reader = way == "claim" ? new ClaimingReader(_host.Clock) : new SkipLockedReader();
        return _host.InScopeAsync(db => reader.DrainAsync(
            db, new IntakeClaim { Max = max, Format = 1, Except = except }, async (messages, _) => await takeIn(messages), cancellationToken).AsTask());
    }
}

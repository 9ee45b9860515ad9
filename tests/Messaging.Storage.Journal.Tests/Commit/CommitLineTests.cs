using Messaging.Testing;

namespace Messaging.Storage.Journal.Commit;

/// <summary>Commits are applied one after the other, and nobody waits for a lock meanwhile.</summary>
public sealed class CommitLineTests : IDisposable
{
    private readonly List<PendingCommit> _applied = [];
    private readonly TaskCompletionSource _began = new();
    private readonly ManualResetEventSlim _goOn = new();

    public void Dispose() => _goOn.Dispose();

    [Fact]
    public async Task Apply_NobodyElseIsAtIt_IsDoneOnReturn()
    {
        var line = new CommitLine(Apply);
        using var commit = New();

        var applying = line.ApplyAsync(commit);

        Assert.True(applying.IsCompletedSuccessfully);
        Assert.True(await applying);
        Assert.Equal([commit], _applied);
    }

    [Fact]
    public async Task Apply_AnotherIsAtIt_ReturnsAtOnceAndIsAppliedByThatOne()
    {
        using PendingCommit first = New(), second = New(), third = New();
        var line = new CommitLine(commit => WaitIn(first, commit) && Apply(commit) && commit != third);
        var blocked = Start(() => line.ApplyAsync(first).AsTask());
        await _began.Task;

        var (waiting, last) = (line.ApplyAsync(second).AsTask(), line.ApplyAsync(third).AsTask());

        Assert.False(waiting.IsCompleted || last.IsCompleted);
        _goOn.Set();
        var results = await Task.WhenAll(blocked, waiting, last);
        Assert.Equal([true, true, false], results);
        Assert.Equal([first, second, third], _applied);
    }

    [Fact]
    public async Task Apply_OneFails_HarmsNoOther()
    {
        using PendingCommit first = New(), bad = New(), last = New();
        var line = new CommitLine(commit => commit == bad ? throw new InvalidOperationException("bad") : WaitIn(first, commit) && Apply(commit));
        var blocked = Start(() => line.ApplyAsync(first).AsTask());
        await _began.Task;
        var (failing, applying) = (line.ApplyAsync(bad).AsTask(), line.ApplyAsync(last).AsTask());

        _goOn.Set();

        var results = await Task.WhenAll(blocked, applying);
        Assert.Equal([true, true], results);
        Assert.Equal("bad", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal([first, last], _applied);
        await Assert.ThrowsAsync<InvalidOperationException>(() => line.ApplyAsync(bad).AsTask());
    }

    [Fact]
    public async Task Apply_NoRoom_MayBeTriedAgain()
    {
        var hasRoom = false;
        var line = new CommitLine(_ => hasRoom);
        using var commit = New();
        Assert.False(await line.ApplyAsync(commit));

        hasRoom = true;

        Assert.True(await line.ApplyAsync(commit));
    }

    [Fact]
    public async Task Apply_ByManyAtOnce_AppliesEachOnceAndOneAtATime()
    {
        const int Callers = 4;
        const int Each = 20 * CommitLine.Share;
        var inside = 0;
        var line = new CommitLine(commit =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            Thread.Yield(); // so that others come meanwhile
            Assert.True(Apply(commit));
            return Interlocked.Decrement(ref inside) == 0;
        });

        using var together = new Barrier(Callers);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Start(async () =>
        {
            together.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                using var commit = New();
                Assert.True(await line.ApplyAsync(commit));
            }

            return true;
        })));

        Assert.Equal(Callers * Each, _applied.Count);
        Assert.Equal(_applied.Count, _applied.Distinct().Count());
    }

    private static PendingCommit New() => new([Some.Accept(Some.StoredDelivery())], largest: 1_000_000);

    /// <summary>Starts on a thread of its own, which may block.</summary>
    private static Task<bool> Start(Func<Task<bool>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>Says that one commit is being applied, and holds it there until it may go on.</summary>
    private bool WaitIn(PendingCommit one, PendingCommit commit)
    {
        if (commit == one)
        {
            _began.SetResult();
            _goOn.Wait();
        }

        return true;
    }

    private bool Apply(PendingCommit commit)
    {
        _applied.Add(commit);
        return true;
    }
}

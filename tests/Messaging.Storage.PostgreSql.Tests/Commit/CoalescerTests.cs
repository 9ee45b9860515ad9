using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>A caller's changes lie in its own buffers, which it uses again as soon as it is answered.</summary>
public sealed class CoalescerTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    private readonly List<IReadOnlyList<Change>> _commits = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Coalescer _coalescer;
    private Action? _onCommit;

    public CoalescerTests() => _coalescer = new Coalescer(CommitAsync, 1000);

    [Fact]
    public async Task Run_CallerGivesUpWhileItsCommitRuns_IsAnsweredWhenThatHasEnded()
    {
        using var cancellation = new CancellationTokenSource();
        var running = _coalescer.RunAsync([Some.Accept()], cancellation.Token);
        await _begun.Task.WaitAsync(Generous);

        await cancellation.CancelAsync();

        Assert.False(running.IsCompleted);
        _end.SetResult();
        Assert.Equal(ChangeStatus.Applied, Assert.Single(await running.WaitAsync(Generous)).Status);
    }

    [Fact]
    public async Task Run_CallerGivesUpWhileItWaits_IsLeftOut()
    {
        using var cancellation = new CancellationTokenSource();
        var first = _coalescer.RunAsync([Some.Accept()], default);
        await _begun.Task.WaitAsync(Generous);
        var given = _coalescer.RunAsync([Some.Accept()], cancellation.Token);
        var kept = Some.Accept();
        var third = _coalescer.RunAsync([kept], default);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.WaitAsync(Generous));
        _end.SetResult();
        await Task.WhenAll(first, third).WaitAsync(Generous);

        Assert.Equal(2, _commits.Count);
        Assert.Same(kept, Assert.Single(_commits[1]));
    }

    [Fact]
    public async Task Run_CallersWhoComeTogether_GetEachItsOwnResults()
    {
        var first = _coalescer.RunAsync([Some.Accept()], default);
        await _begun.Task.WaitAsync(Generous);
        var (second, third) = (_coalescer.RunAsync([Some.Accept(), Some.Accept()], default), _coalescer.RunAsync([Some.Accept()], default));

        _end.SetResult();
        await Task.WhenAll(first, second, third).WaitAsync(Generous);

        Assert.Equal([0, 1], (await second).Select(result => result.Released));
        Assert.Equal([2], (await third).Select(result => result.Released));
    }

    [Fact]
    public async Task Run_TwoAtOnce_TheSecondCallerDoesNotWaitForTheFirstButTheOthersGather()
    {
        var coalescer = new Coalescer(CommitAsync, 1000, atOnce: 2);
        var second = Begun(2);
        var first = coalescer.RunAsync([Some.Accept()], default);
        await _begun.Task.WaitAsync(Generous);
        Task[] two = [first, coalescer.RunAsync([Some.Accept()], default)];
        await second.WaitAsync(Generous);
        Task[] others = [coalescer.RunAsync([Some.Accept()], default), coalescer.RunAsync([Some.Accept()], default)];

        Assert.Equal(2, _commits.Count);
        _end.SetResult();
        await Task.WhenAll([.. two, .. others]).WaitAsync(Generous);

        Assert.Equal(4, _commits.Sum(commit => commit.Count));
        Assert.InRange(_commits.Count, 3, 4);
    }

    /// <summary>Returns a task that ends when so many commits have begun.</summary>
    private Task Begun(int count)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _onCommit = () => _ = _commits.Count == count && begun.TrySetResult();
        return begun.Task;
    }

    private async ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes)
    {
        lock (_commits)
        {
            _commits.Add([.. changes]);
            _onCommit?.Invoke();
        }

        _begun.TrySetResult();
        await _end.Task;
        return [.. changes.Select((_, i) => new ChangeResult(ChangeStatus.Applied, Released: i))];
    }
}

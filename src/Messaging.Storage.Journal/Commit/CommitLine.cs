using System.Collections.Concurrent;

namespace Messaging.Storage.Journal.Commit;

/// <summary>
/// Applies commits one after the other, in the order in which they came. Who comes while another caller is at it leaves its commit in the line, for that
/// one to apply, and its thread does other work: a thread that waits for a lock falls asleep, and to wake it takes far longer than a commit.
/// Safe for concurrent use.
/// </summary>
/// <param name="apply">Applies a commit; returns <see langword="false"/> when there was no room for all of it.</param>
internal sealed class CommitLine(Func<PendingCommit, bool> apply) : IThreadPoolWorkItem
{
    /// <summary>How many commits one caller applies before somebody else goes on with the line.</summary>
    public const int Share = 64;

    private readonly ConcurrentQueue<PendingCommit> _line = new();
    private int _count;

    /// <summary>Has a commit applied.</summary>
    /// <returns>Whether all of it was; <see langword="false"/> when there was no room.</returns>
    public ValueTask<bool> ApplyAsync(PendingCommit commit)
    {
        commit.Enter();
        _line.Enqueue(commit);
        if (Interlocked.Increment(ref _count) == 1)
        {
            Run();
        }

        return commit.TriedAsync();
    }

    void IThreadPoolWorkItem.Execute() => Run();

    private void Run()
    {
        for (var i = 0; i < Share; i++)
        {
            // Whoever is counted is in the line already, so there is one; it may be of a caller who is not counted yet, and will take its turn for this one.
            _ = _line.TryDequeue(out var commit);
            commit!.Try(apply);
            if (Interlocked.Decrement(ref _count) == 0)
            {
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}

namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Joins callers who come at once into one commit: while one runs, the next gathers, so there is no timer and a busy store gets large batches.</summary>
/// <remarks>A caller is answered only when its changes are durable. Safe for concurrent use.</remarks>
internal sealed class Coalescer(Func<IReadOnlyList<Change>, ValueTask<IReadOnlyList<ChangeResult>>> commit, int maxChanges)
{
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _waiting = new();
    private bool _isRunning;

    public Task<IReadOnlyList<ChangeResult>> RunAsync(IReadOnlyList<Change> changes)
    {
        var entry = new Entry(changes);
        lock (_gate)
        {
            _waiting.Enqueue(entry);
            if (_isRunning)
            {
                return entry.Done.Task;
            }

            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.LoopAsync(), this, preferLocal: false);
        return entry.Done.Task;
    }

    private async Task LoopAsync()
    {
        var batch = new List<Entry>();
        while (Take(batch))
        {
            await CommitAsync(batch).ConfigureAwait(false);
        }
    }

    private bool Take(List<Entry> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            var count = 0;
            while (_waiting.TryPeek(out var next) && (count == 0 || count + next.Changes.Count <= maxChanges))
            {
                batch.Add(_waiting.Dequeue());
                count += next.Changes.Count;
            }

            return _isRunning = batch.Count > 0;
        }
    }

    private async ValueTask CommitAsync(List<Entry> batch)
    {
        try
        {
            var results = await commit(batch.Count == 1 ? batch[0].Changes : Joined(batch)).ConfigureAwait(false);
            var first = 0;
            foreach (var entry in batch)
            {
                entry.Done.TrySetResult(batch.Count == 1 ? results : [.. results.Skip(first).Take(entry.Changes.Count)]);
                first += entry.Changes.Count;
            }
        }
        catch (Exception e) when (batch.Count == 1)
        {
            batch[0].Done.TrySetException(e);
        }
        catch (Exception)
        {
            // What one caller brought must not fail the others: each goes alone.
            foreach (var entry in batch)
            {
                await CommitAsync([entry]).ConfigureAwait(false);
            }
        }
    }

    private static List<Change> Joined(List<Entry> batch)
    {
        var changes = new List<Change>();
        foreach (var entry in batch)
        {
            changes.AddRange(entry.Changes);
        }

        return changes;
    }

    private sealed class Entry(IReadOnlyList<Change> changes)
    {
        public IReadOnlyList<Change> Changes => changes;

        public TaskCompletionSource<IReadOnlyList<ChangeResult>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

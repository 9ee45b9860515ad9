namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Joins callers who come at once into one commit: while one runs, the next gathers, so there is no timer and a busy store gets large batches.</summary>
/// <remarks>
/// <para>A caller is answered only when its changes are durable. Safe for concurrent use.</para>
/// <para>A caller may give up while its changes wait: they are left out then. Once they are taken into a commit it waits for the end, since
/// what it brought lies in its own buffers, which it uses again when it is answered.</para>
/// </remarks>
/// <param name="commit">Commits the changes of those who were joined.</param>
/// <param name="maxChanges">The most changes of one commit, unless one caller brings more.</param>
/// <param name="atOnce">How many commits may run side by side: with two, a caller need not wait for the whole of the one under way.</param>
internal sealed class Coalescer(Func<IReadOnlyList<Change>, ValueTask<IReadOnlyList<ChangeResult>>> commit, int maxChanges, int atOnce = 1)
{
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _waiting = new();
    private int _running;

    public async Task<IReadOnlyList<ChangeResult>> RunAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var entry = new Entry(changes);
        if (Enqueue(entry))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.LoopAsync(), this, preferLocal: false);
        }

        var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Entry)state!).GiveUp(token), entry);
        await using var registered = registration.ConfigureAwait(false);
        return await entry.Done.Task.ConfigureAwait(false);
    }

    /// <summary>Queues an entry; returns whether a loop is to be started for it.</summary>
    private bool Enqueue(Entry entry)
    {
        lock (_gate)
        {
            _waiting.Enqueue(entry);
            if (_running == atOnce)
            {
                return false;
            }

            _running++;
            return true;
        }
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
                _waiting.Dequeue();
                if (next.TryTake())
                {
                    batch.Add(next);
                    count += next.Changes.Count;
                }
            }

            if (batch.Count > 0)
            {
                return true;
            }

            _running--;
            return false;
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
                entry.Done.TrySetResult(batch.Count == 1 ? results : Part(results, first, entry.Changes.Count));
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
        var changes = new List<Change>(batch.Count);
        foreach (var entry in batch)
        {
            changes.AddRange(entry.Changes);
        }

        return changes;
    }

    private static ChangeResult[] Part(IReadOnlyList<ChangeResult> results, int first, int count)
    {
        var part = new ChangeResult[count];
        for (var i = 0; i < count; i++)
        {
            part[i] = results[first + i];
        }

        return part;
    }

    private sealed class Entry(IReadOnlyList<Change> changes)
    {
        private int _isDecided;

        public IReadOnlyList<Change> Changes => changes;

        public TaskCompletionSource<IReadOnlyList<ChangeResult>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Takes the changes into a commit, unless the caller gave up.</summary>
        public bool TryTake() => Interlocked.Exchange(ref _isDecided, 1) == 0;

        public void GiveUp(CancellationToken cancellationToken)
        {
            if (TryTake())
            {
                Done.TrySetCanceled(cancellationToken);
            }
        }
    }
}

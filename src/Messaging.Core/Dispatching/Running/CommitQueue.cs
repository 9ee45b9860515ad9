using Messaging.Diagnostics;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Dispatching;

/// <summary>Commits what workers settle. While one commit runs, the next batch gathers: nobody waits for a timer, and a busy store gets large batches.</summary>
/// <remarks>A store that does not answer is asked again for as long as the process runs; meanwhile nothing new is claimed.</remarks>
internal sealed partial class CommitQueue(IMessageStore store, ParkConfirmer parked, MessagingTelemetry telemetry, TimeProvider time, ILogger<CommitQueue> logger)
{
    private const int MaxBatch = 512;
    private const int MaxTries = 20;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<Change> _batch = new(MaxBatch);
    private List<Entry> _waiting = [];
    private List<Entry> _taken = [];
    private bool _running;
    private TaskCompletionSource? _idle;

    /// <summary>Raised after the fate of a piece of work was stored, or could not be.</summary>
    public event Action<HeldWork>? Settled;

    /// <summary>Commits a change that nobody waits for.</summary>
    public void Add(Change change, HeldWork held) => Add(new Entry(change, held, null));

    /// <summary>Commits a change.</summary>
    /// <returns>What became of it, once it is durable.</returns>
    public Task<ChangeResult> CommitAsync(Change change)
    {
        var done = new TaskCompletionSource<ChangeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new Entry(change, null, done));
        return done.Task;
    }

    /// <summary>Completes when everything added so far is stored.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            return _running ? (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    private void Add(in Entry entry)
    {
        lock (_gate)
        {
            _waiting.Add(entry);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.RunAsync(), this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (Take())
        {
            for (var first = 0; first < _taken.Count; first += MaxBatch)
            {
                await CommitAsync(first, Math.Min(MaxBatch, _taken.Count - first)).ConfigureAwait(false);
            }

            await parked.ConfirmAsync().ConfigureAwait(false);

            _taken.Clear();
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            (_taken, _waiting) = (_waiting, _taken);
            if (_taken.Count > 0)
            {
                return true;
            }

            _running = false;
            _idle?.SetResult();
            _idle = null;
            return false;
        }
    }

    private async ValueTask CommitAsync(int first, int count)
    {
        try
        {
            _batch.Clear();
            for (var i = 0; i < count; i++)
            {
                _batch.Add(_taken[first + i].Change);
                parked.Note(_taken[first + i].Held, _taken[first + i].Change);
            }

            var results = await store.CommitAsync(_batch, CancellationToken.None).ConfigureAwait(false);
            for (var i = 0; i < count; i++)
            {
                Finish(_taken[first + i], results[i], null);
            }
        }
        catch (Exception e)
        {
            Log.CommitFailed(logger, count, e);
            await OneByOneAsync(first, count).ConfigureAwait(false);
        }
    }

    /// <summary>One change that a store cannot take must not hold up the others.</summary>
    private async ValueTask OneByOneAsync(int first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await CommitAsync(_taken[first + i]).ConfigureAwait(false);
        }
    }

    private async ValueTask CommitAsync(Entry entry)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var results = await store.CommitAsync([entry.Change], CancellationToken.None).ConfigureAwait(false);
                Finish(entry, results[0], null);
                return;
            }
            catch (Exception e) when (tries < MaxTries)
            {
                Log.ChangeFailed(logger, tries, MaxTries, e);
                var wait = TimeSpan.FromMilliseconds(50 << Math.Min(tries, 10));
                await Task.Delay(wait < s_longestWait ? wait : s_longestWait, time).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                Log.ChangeGivenUp(logger, e);
                Finish(entry, default, e);
                return;
            }
        }
    }

    private void Finish(in Entry entry, ChangeResult result, Exception? error)
    {
        if (entry.Done is { } done)
        {
            _ = error is null ? done.TrySetResult(result) : done.TrySetException(error);
        }

        if (entry.Held is { } held)
        {
            if (result.Status == ChangeStatus.Stale)
            {
                telemetry.Stale();
                Log.Stale(logger, held.Work.Lease.Kind, held.Work.Lease.WorkId);
            }

            Settled?.Invoke(held);
        }
    }

    private readonly record struct Entry(Change Change, HeldWork? Held, TaskCompletionSource<ChangeResult>? Done);

    private static partial class Log
    {
        [LoggerMessage(1230, LogLevel.Error, "A commit of {Count} changes failed; they are tried one by one.", EventName = "CommitFailed")]
        public static partial void CommitFailed(ILogger logger, int count, Exception exception);

        [LoggerMessage(1231, LogLevel.Critical, "A change could not be stored and is given up; its work is taken up again when its lease ends.", EventName = "ChangeGivenUp")]
        public static partial void ChangeGivenUp(ILogger logger, Exception exception);

        [LoggerMessage(1234, LogLevel.Warning, "A change could not be stored at try {Try} of {MaxTries}; it is tried again.", EventName = "ChangeFailed")]
        public static partial void ChangeFailed(ILogger logger, int @try, int maxTries, Exception exception);

        [LoggerMessage(1232, LogLevel.Warning, "The outcome of {Kind} {WorkId} was not stored: its lease was lost, and somebody else has it.", EventName = "SettleStale")]
        public static partial void Stale(ILogger logger, WorkKind kind, Guid workId);
    }
}

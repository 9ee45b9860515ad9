using Messaging.Channels;
using Messaging.RateLimiting;
using Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>Runs the dispatcher with overlap: one claims and prepares, as many as each account allows send, one commits.</summary>
internal sealed partial class DispatchLoop : IDisposable
{
    private static readonly TimeSpan s_refused = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_cancelled = TimeSpan.FromSeconds(5);

    private readonly DispatchCore _core;
    private readonly IWorkQueue _queue;
    private readonly LeaseKeeper _leases;
    private readonly CommitQueue _commits;
    private readonly SettleComposer _composer;
    private readonly AccountLanes _lanes;
    private readonly Room _room;
    private readonly IOptionsMonitor<DispatcherOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DispatchLoop> _logger;

    public DispatchLoop(
        DispatchCore core,
        IWorkQueue queue,
        LeaseKeeper leases,
        CommitQueue commits,
        SettleComposer composer,
        SlotPlanner slots,
        IOptionsMonitor<DispatcherOptions> options,
        IOptionsMonitor<AccountOptions> accounts,
        TimeProvider time,
        ILogger<DispatchLoop> logger)
    {
        (_core, _queue, _leases, _commits, _composer, _options, _time, _logger) = (core, queue, leases, commits, composer, options, time, logger);
        _lanes = new AccountLanes(RunAsync, options, accounts, slots, time);
        _room = new Room(leases, MakeRoom, options, time);
        _core.Preparer.PutOffUntil = _lanes.PutOff;
        _commits.Settled += Release;
        _leases.GivenUp += GiveUp;
    }

    /// <summary>Runs until it is told to stop; then hands back what was not begun, lets calls end, and stores what they brought.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var beating = new CancellationTokenSource();
        var beat = BeatAsync(beating.Token);
        Log.Started(_logger);
        await ClaimAsync(stopping).ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);
        await beating.CancelAsync().ConfigureAwait(false);
        await beat.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _commits.Settled -= Release;
        _leases.GivenUp -= GiveUp;
    }

    private async Task ClaimAsync(CancellationToken stopping)
    {
        var failures = 0;
        var idle = new IdleWait(_time);
        var (batch, spare) = (new ClaimedBatch(), new ClaimedBatch());
        var preparing = Task.FromResult(true);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var claimed = await ClaimAsync(batch, stopping).ConfigureAwait(false);
                if (claimed > 0 && !await preparing.ConfigureAwait(false))
                {
                    await PauseAsync(++failures, stopping).ConfigureAwait(false);
                }
                else
                {
                    failures = 0;
                }

                if (claimed > 0)
                {
                    // The next batch is claimed meanwhile: what arrives does not wait until what came before it is prepared.
                    preparing = PrepareAsync(batch, stopping);
                    (batch, spare) = (spare, batch);
                }

                await idle.AfterAsync(claimed, stopping).ConfigureAwait(false);
                if (claimed == 0)
                {
                    await WaitAsync(stopping).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                Log.RoundFailed(_logger, e);
                await PauseAsync(++failures, stopping).ConfigureAwait(false);
            }
        }

        await preparing.ConfigureAwait(false);
    }

    private async ValueTask<int> ClaimAsync(ClaimedBatch into, CancellationToken stopping)
    {
        var room = await _room.WaitAsync(stopping).ConfigureAwait(false);
        var claimed = await _core.ClaimAsync(Math.Min(room, _options.CurrentValue.BatchSize), into, stopping).ConfigureAwait(false);
        _leases.Add(into.All);
        return claimed;
    }

    /// <summary>Prepares a batch and gives it to the lanes.</summary>
    /// <returns><see langword="false"/> when that failed, and the batch was handed back.</returns>
    private async Task<bool> PrepareAsync(ClaimedBatch batch, CancellationToken stopping)
    {
        try
        {
            await _core.PrepareAsync(batch, stopping).ConfigureAwait(false);
            Settle(batch.Prepared);
            _lanes.Enqueue(batch.Prepared.Attempts);
            _lanes.Enqueue(batch.Others);
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return true; // stopping hands back whatever has not begun
        }
        catch (Exception e)
        {
            Log.RoundFailed(_logger, e);
            HandBack(batch.All);
            return false;
        }
    }

    private void Settle(PreparedBatch prepared)
    {
        foreach (var (held, change) in prepared.Settled)
        {
            if (held.TryBegin())
            {
                _commits.Add(change, held);
            }
        }
    }

    private async ValueTask WaitAsync(CancellationToken stopping)
    {
        if (_core.IsRefused)
        {
            await Task.Delay(s_refused, _time, stopping).ConfigureAwait(false);
        }
        else
        {
            await _queue.WaitForWorkAsync(_core.Kinds, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Does one piece of work in a lane.</summary>
    /// <returns><see langword="false"/> when it was given up meanwhile: its place in the lane belongs to another.</returns>
    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> RunAsync(HeldWork held)
    {
        if (!held.TryBegin())
        {
            return true;
        }

        Change? change = null;
        try
        {
            change = await _core.RunAsync(held).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whatever it was, its lease ends and it is claimed again; if it goes on like that, it is poison.
            Log.RunFailed(_logger, held.Work.Lease.Kind, held.Work.Lease.WorkId, e);
        }

        if (!held.TryEnd())
        {
            return false;
        }

        if (change is null)
        {
            Release(held);
        }
        else
        {
            _commits.Add(change, held);
        }

        return true;
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.CurrentValue.LeaseFor / 3, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await BeatOnceAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The dispatcher has stopped.
        }
    }

    /// <summary>Whatever goes wrong in one beat, the next one must come: without it every lease of this process ends.</summary>
    private async ValueTask BeatOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _leases.BeatAsync(cancellationToken).ConfigureAwait(false);
            Relieve();
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.BeatFailed(_logger, e);
        }
    }

    /// <summary>Puts back what waits behind calls that hang, so that others can have its place.</summary>
    private void Relieve() => PutBack(_lanes.TakeStuck(_time.GetUtcNow()));

    /// <summary>Puts back what slow accounts will not come to soon: the process is full, and may be full of one tenant's.</summary>
    private void MakeRoom() => PutBack(_lanes.TakeExcess(_time.GetUtcNow()));

    private void PutBack(IEnumerable<(Attempt Attempt, DateTimeOffset Until)> taken)
    {
        var now = _time.GetUtcNow();
        foreach (var (attempt, until) in taken)
        {
            if (attempt.TryBegin())
            {
                attempt.Ticket?.Lease?.Dispose();
                _commits.Add(_composer.Compose(attempt.Record, AccountStation.Busy(attempt, until, now)), attempt);
            }
        }
    }

    private async Task StopAsync()
    {
        HandBack(_leases.Snapshot());
        if (!await _room.EmptyAsync(_options.CurrentValue.StopWithin).ConfigureAwait(false))
        {
            Log.Cancelling(_logger, _leases.Count);
            _leases.CancelAll();
            await _room.EmptyAsync(s_cancelled).ConfigureAwait(false);
        }

        Log.Stopped(_logger, _leases.Count);
    }

    private void HandBack(List<HeldWork> works)
    {
        foreach (var held in works)
        {
            if (held.TryBegin())
            {
                _commits.Add(held.HandBack(), held);
            }
        }
    }

    private async ValueTask PauseAsync(int failures, CancellationToken stopping)
    {
        var pause = TimeSpan.FromMilliseconds(100 << Math.Min(failures, 10));
        try
        {
            await Task.Delay(pause < s_longestPause ? pause : s_longestPause, _time, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop sees that it is to stop.
        }
    }

    private void GiveUp(HeldWork held)
    {
        _lanes.GiveUp(held);
        Release(held);
    }

    private void Release(HeldWork held)
    {
        if (_leases.Remove(held))
        {
            _room.Freed();
        }
    }
}

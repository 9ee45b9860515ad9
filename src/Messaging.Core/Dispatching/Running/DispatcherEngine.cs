using Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>Drives the dispatcher by hand: one round at a time, one call after the other.</summary>
internal sealed partial class DispatcherEngine(
    DispatchCore core, IMessageStore store, ParkConfirmer parked, IOptionsMonitor<DispatcherOptions> options, ILogger<DispatcherEngine> logger) : IMessageDispatcher, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ClaimedBatch _batch = new();
    private readonly List<Change> _changes = [];

    public async Task<int> StepAsync(CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await RoundAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask<int> RoundAsync(CancellationToken cancellationToken)
    {
        var claimed = await core.ClaimAsync(options.CurrentValue.BatchSize, _batch, cancellationToken).ConfigureAwait(false);
        if (claimed == 0)
        {
            return 0;
        }

        _changes.Clear();
        try
        {
            await core.PrepareAsync(_batch, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await HandBackAsync().ConfigureAwait(false);
            throw;
        }

        foreach (var (held, change) in _batch.Prepared.Settled)
        {
            _changes.Add(change);
            parked.Note(held, change);
        }

        await RunAsync(_batch.Prepared.Attempts, cancellationToken).ConfigureAwait(false);
        await CommitAsync().ConfigureAwait(false);
        await parked.ConfirmAsync().ConfigureAwait(false);
        await RunAsync(_batch.Others, cancellationToken).ConfigureAwait(false);
        await CommitAsync().ConfigureAwait(false);
        return claimed;
    }

    private async ValueTask RunAsync(IReadOnlyList<HeldWork> works, CancellationToken cancellationToken)
    {
        foreach (var held in works)
        {
            var change = cancellationToken.IsCancellationRequested
                ? held.HandBack()
                : await RunAsync(held, cancellationToken).ConfigureAwait(false);
            if (change is not null)
            {
                _changes.Add(change);
            }
        }
    }

    private async ValueTask<Change?> RunAsync(HeldWork held, CancellationToken cancellationToken)
    {
        using var cancel = cancellationToken.UnsafeRegister(static held => ((HeldWork)held!).Cancel(), held);
        return await core.RunAsync(held).ConfigureAwait(false);
    }

    /// <summary>What a round does not come to is for the next one, and does not wait until its leases end.</summary>
    private ValueTask HandBackAsync()
    {
        _changes.AddRange(_batch.All.Select(held => held.HandBack()));
        return CommitAsync();
    }

    /// <summary>What was sent is stored, also when the round is cancelled meanwhile.</summary>
    private async ValueTask CommitAsync()
    {
        if (_changes.Count == 0)
        {
            return;
        }

        var results = await store.CommitAsync(_changes, CancellationToken.None).ConfigureAwait(false);
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].Status != ChangeStatus.Applied)
            {
                Log.NotApplied(logger, results[i].Status);
            }
        }

        _changes.Clear();
    }

    private static partial class Log
    {
        [LoggerMessage(1271, LogLevel.Warning, "An outcome was not stored: {Status}.", EventName = "OutcomeNotStored")]
        public static partial void NotApplied(ILogger logger, ChangeStatus status);
    }
}

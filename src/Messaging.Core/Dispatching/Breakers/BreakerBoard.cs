using System.Collections.Concurrent;
using Messaging.Channels;
using Messaging.Diagnostics;
using Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>The breakers of the accounts in use: read from the store every other second, written when one opens, is tried, or closes.</summary>
internal sealed partial class BreakerBoard(
    IEntityStore entities,
    IMessageStore store,
    BreakerKeys keys,
    MaintenanceWork maintenance,
    IOptionsMonitor<BreakerOptions> options,
    MessagingTelemetry telemetry,
    TimeProvider time,
    ILogger<BreakerBoard> logger)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<AccountKey, Breaker> _breakers = new();

    /// <summary>Returns what is known of an account's breaker, at most two seconds old.</summary>
    public ValueTask<Breaker> FindAsync(ChannelAccount account, CancellationToken cancellationToken)
    {
        var breaker = _breakers.GetOrAdd(AccountKey.Of(account), static (key, kind) => new Breaker(key, kind), account.Kind);
        return breaker.ReadAt != 0 && time.GetElapsedTime(breaker.ReadAt) < s_fresh ? new(breaker) : ReadAsync(breaker, cancellationToken);
    }

    /// <summary>Claims the right to be the one delivery that tries the account.</summary>
    public async ValueTask<bool> TryProbeAsync(Breaker breaker, TimeSpan within, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + within;
        var state = Make(breaker) with { Status = BreakerStatus.Probing, Until = until };
        if (!await PutAsync(breaker, state, [], [until], cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Log.Probing(logger, breaker.Key.ToString());
        return true;
    }

    /// <summary>Notes a call that shows that the account works.</summary>
    public ValueTask SucceededAsync(Breaker breaker, bool probe, CancellationToken cancellationToken)
    {
        if (!probe)
        {
            breaker.Calls.Succeeded();
            return default;
        }

        return CloseAsync(breaker, cancellationToken);
    }

    /// <summary>Notes a call that failed through the account's own fault.</summary>
    /// <param name="breaker">The breaker.</param>
    /// <param name="probe">Whether the call was to try the account.</param>
    /// <param name="fatal">Whether no later call can succeed either: a refused login.</param>
    /// <param name="wait">How long the provider asked to be left alone.</param>
    /// <param name="reason">What failed, free of personal data.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask FailedAsync(Breaker breaker, bool probe, bool fatal, TimeSpan? wait, string reason, CancellationToken cancellationToken)
    {
        var (current, now) = (options.CurrentValue, time.GetUtcNow());
        if (!probe && breaker.NeedsProbe)
        {
            // It was under way when the account was found to fail: one breakdown counts once.
            return default;
        }

        var enough = breaker.Calls.Failed(current.Failures, current.Window, now);
        return probe || fatal || wait is not null || enough ? OpenAsync(breaker, wait, reason, cancellationToken) : default;
    }

    /// <summary>Gives back the right to try the account, unused.</summary>
    public async ValueTask ReturnProbeAsync(Breaker breaker, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await PutAsync(breaker, Make(breaker) with { Status = BreakerStatus.Open, Until = now }, [], [now], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Breaker> ReadAsync(Breaker breaker, CancellationToken cancellationToken)
    {
        breaker.State = await entities.GetAsync<BreakerState>(BreakerState.OwnerOf(breaker.Key), breaker.Key.Name, cancellationToken).ConfigureAwait(false);
        breaker.ReadAt = Math.Max(1, time.GetTimestamp());
        return breaker;
    }

    private async ValueTask OpenAsync(Breaker breaker, TimeSpan? wait, string reason, CancellationToken cancellationToken)
    {
        var opened = (breaker.State?.Value.Opened ?? 0) + (wait is null ? 1 : 0);
        var until = time.GetUtcNow() + (wait ?? WaitAfter(opened));
        var state = Make(breaker) with { Status = BreakerStatus.Open, Until = until, Opened = opened, Reason = reason };
        if (await PutAsync(breaker, state, [], [until], cancellationToken).ConfigureAwait(false))
        {
            breaker.Calls.Clear();
            telemetry.BreakerChanged(breaker.Key, BreakerStatus.Open);
            Log.Opened(logger, breaker.Key.ToString(), until, reason);
        }
    }

    /// <summary>Lets the first of those that wait go; <see cref="BreakerKeeper"/> goes on with the others.</summary>
    private async ValueTask CloseAsync(Breaker breaker, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var released = keys.Of(breaker.Key, breaker.Kind).Select(key => new Release(key, BreakerKeeper.FirstRelease));
        var state = Make(breaker) with { Status = BreakerStatus.Closed, Until = now, Opened = 0, Reason = null };
        if (await PutAsync(breaker, state, [.. released], [now + BreakerKeeper.Pause], cancellationToken).ConfigureAwait(false))
        {
            breaker.Calls.Clear();
            telemetry.BreakerChanged(breaker.Key, BreakerStatus.Closed);
            Log.Closed(logger, breaker.Key.ToString());
        }
    }

    private async ValueTask<bool> PutAsync(
        Breaker breaker, BreakerState state, IReadOnlyList<Release> releases, IReadOnlyList<DateTimeOffset> checks, CancellationToken cancellationToken)
    {
        var version = breaker.Version;
        var change = new Change
        {
            Entities = [EntityChange.Put(state, version)],
            Releases = releases,
            Enqueues = [.. checks.Select(at => maintenance.Create(BreakerKeeper.TaskName, BreakerReference.Of(breaker.Key), DispatchJson.Default.BreakerReference, at))],
        };
        var results = await store.CommitAsync([change], cancellationToken).ConfigureAwait(false);
        if (results[0].Status == ChangeStatus.Applied)
        {
            breaker.State = new Versioned<BreakerState>(state, version + 1);
            return true;
        }

        await ReadAsync(breaker, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private static BreakerState Make(Breaker breaker) => breaker.State?.Value ?? new BreakerState
    {
        Tenant = BreakerState.OwnerOf(breaker.Key),
        Account = breaker.Key.Name,
        Kind = breaker.Kind,
    };

    private TimeSpan WaitAfter(int opened)
    {
        var current = options.CurrentValue;
        var wait = current.OpenFor * Math.Pow(2, Math.Min(opened - 1, 20));
        return wait < current.MaxOpenFor ? wait : current.MaxOpenFor;
    }
}

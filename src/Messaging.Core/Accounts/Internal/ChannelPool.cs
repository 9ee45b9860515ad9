using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Channels;

/// <summary>Keeps one live channel for each account in use. One of another version takes the place of the old one, which drains.</summary>
internal sealed partial class ChannelPool(
    ChannelFactories factories, IOptionsMonitor<AccountDirectoryOptions> options, TimeProvider time, ILogger<ChannelPool> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<AccountKey, LiveChannel> _live = new();
    private readonly ConcurrentDictionary<LiveChannel, Task> _draining = new();
    private readonly Lock _gate = new();

    /// <summary>Gets how many channels are kept alive.</summary>
    public int Count => _live.Count;

    /// <summary>Returns the live channel of an account, made now if need be.</summary>
    /// <exception cref="ChannelConfigurationException">The account's settings are wrong.</exception>
    public ChannelLease Lease(ChannelAccount account)
    {
        var key = AccountKey.Of(account);
        return _live.TryGetValue(key, out var live) && live.Version == account.Version && live.TryAcquire()
            ? Use(live)
            : Make(key, account);
    }

    /// <summary>Drains the live channel of an account that changed or is gone.</summary>
    public void Retire(AccountKey key)
    {
        if (_live.TryRemove(key, out var live))
        {
            live.Retire();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var key in _live.Keys)
        {
            Retire(key);
        }

        await Task.WhenAll(_draining.Values).ConfigureAwait(false);
    }

    private ChannelLease Use(LiveChannel live)
    {
        live.LastUsed = time.GetTimestamp();
        return new ChannelLease(live);
    }

    private ChannelLease Make(AccountKey key, ChannelAccount account)
    {
        lock (_gate)
        {
            if (_live.TryGetValue(key, out var live) && live.Version == account.Version && live.TryAcquire())
            {
                return Use(live);
            }

            var made = new LiveChannel(key, account.Version, factories.Create(account), Drained);
            made.TryAcquire();
            _live[key] = made;
            live?.Retire();
            EvictBeyond(options.CurrentValue.MaxLiveChannels, made);
            return Use(made);
        }
    }

    private void EvictBeyond(int most, LiveChannel except)
    {
        while (_live.Count > most && Oldest(except) is { } oldest)
        {
            Retire(oldest.Key);
        }
    }

    private LiveChannel? Oldest(LiveChannel except)
    {
        LiveChannel? oldest = null;
        foreach (var (_, live) in _live)
        {
            oldest = live != except && (oldest is null || live.LastUsed < oldest.LastUsed) ? live : oldest;
        }

        return oldest;
    }

    private void Drained(LiveChannel live)
    {
        var disposal = DisposeAsync(live);
        if (!disposal.IsCompleted)
        {
            _draining[live] = disposal;
            _ = disposal.ContinueWith(_ => _draining.TryRemove(live, out var _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task DisposeAsync(LiveChannel live)
    {
        try
        {
            switch (live.Channel)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync().ConfigureAwait(false);
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }

            Log.Drained(logger, live.Key.ToString());
        }
        catch (Exception e)
        {
            Log.DisposeFailed(logger, live.Key.ToString(), e);
        }
    }
}

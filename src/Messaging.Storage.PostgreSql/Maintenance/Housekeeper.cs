using Messaging.Storage.PostgreSql.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Storage.PostgreSql.Maintenance;

/// <summary>Runs beside the store: the heartbeat, turns, news of work, and, on the node that leads, retention. Whatever fails is tried again.</summary>
internal sealed partial class Housekeeper(PostgreSqlStore store, IOptions<PostgreSqlOptions> options, TimeProvider time, ILogger<Housekeeper> logger) : BackgroundService
{
    private const string Leader = "maintenance";
    private const int BeatEvery = 10;
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_term = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_retentionEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(5);

    private readonly LeaderLease _lease = new(store.Database, store.Node);
    private readonly Heartbeat _heartbeat = new(store.Database, store.Node);
    private readonly TurnNotes _turns = new(store.Database, store.Turns);
    private readonly Retention _retention = new(store.Database, options.Value);
    private DateTimeOffset _retained;
    private bool _isListening;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(s_lastWords, time);
        try
        {
            await _turns.ShareAsync(hasOthers: false, limit.Token).ConfigureAwait(false);
            await _lease.ReleaseAsync(Leader, limit.Token).ConfigureAwait(false);
            await _heartbeat.LeaveAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.RoundFailed(logger, e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_round, time);
        for (var round = 0; !stoppingToken.IsCancellationRequested; round++)
        {
            try
            {
                await store.StartAsync(stoppingToken).ConfigureAwait(false);
                await RoundAsync(round, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.RoundFailed(logger, e);
            }

            try
            {
                await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async ValueTask RoundAsync(int round, CancellationToken cancellationToken)
    {
        store.Fresh.Age();
        if (options.Value is { Listen: true, ThroughPooler: false } && !_isListening)
        {
            _isListening = true;
            _ = ListenAsync(cancellationToken);
        }

        if (round % BeatEvery == 0)
        {
            store.News.HasOthers = await _heartbeat.BeatAsync(cancellationToken).ConfigureAwait(false);
            if (await _lease.TryHoldAsync(Leader, s_term, cancellationToken).ConfigureAwait(false))
            {
                await LeadAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await _turns.ShareAsync(store.News.HasOthers, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask LeadAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - _retained < s_retentionEvery)
        {
            return;
        }

        await _retention.RunAsync(cancellationToken).ConfigureAwait(false);
        _retained = time.GetUtcNow();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.News.ListenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Log.ListenFailed(logger, e);
            }
        }
        finally
        {
            _isListening = false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A round of the store's housekeeping failed; it is tried again.", EventName = "HousekeepingFailed")]
        public static partial void RoundFailed(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "News of work from other nodes are not heard; polling finds it, and listening is tried again.", EventName = "ListenFailed")]
        public static partial void ListenFailed(ILogger logger, Exception exception);
    }
}

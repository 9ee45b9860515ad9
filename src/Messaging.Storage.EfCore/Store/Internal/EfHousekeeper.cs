using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Tidies up every hour, while the store is the one in use.</summary>
internal sealed partial class EfHousekeeper(EfCoreStore store, IMessageStore inUse, TimeProvider time, ILogger<EfHousekeeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!ReferenceEquals(store, inUse))
        {
            return;
        }

        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await store.Retention.RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1620, LogLevel.Error, "Taking away old history failed; it is tried again in an hour.", EventName = "RetentionFailed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

using Messaging.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

/// <summary>Takes in from every outbox of the host, each at its own pace. Also in a host that only sends: taking in is a part of accepting.</summary>
internal sealed partial class IntakePump : BackgroundService, IMessageIntake
{
    private const int IdleFactor = 5;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly IntakeDrain[] _drains;
    private readonly IOptionsMonitor<IntakeOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<IntakePump> _logger;

    public IntakePump(
        IEnumerable<IIntakeSource> sources, MessageStaging staging, IOptionsMonitor<IntakeOptions> options, TimeProvider time, ILogger<IntakePump> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _drains = [.. sources.Select(source => new IntakeDrain(source, staging, options, time))];
    }

    public async Task<int> StepAsync(CancellationToken cancellationToken = default)
    {
        var sum = 0;
        foreach (var drain in _drains)
        {
            sum += (await drain.StepAsync(cancellationToken).ConfigureAwait(false)).Done;
        }

        return sum;
    }

    public override void Dispose()
    {
        base.Dispose();
        Array.ForEach(_drains, drain => drain.Dispose());
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _options.CurrentValue.RunInBackground ? Task.WhenAll(_drains.Select(drain => RunAsync(drain, stoppingToken))) : Task.CompletedTask;

    private async Task RunAsync(IntakeDrain drain, CancellationToken stopping)
    {
        await Task.Yield();
        var (failures, idle) = (0, 0);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // Who listens from before the look does not miss what is committed during it.
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                var wake = drain.Source.WaitAsync(waiting.Token);
                var (read, done) = await drain.StepAsync(stopping).ConfigureAwait(false);
                failures = 0;
                idle = read == 0 ? Math.Min(idle + 1, IdleFactor) : 0;
                if (done == 0 || read < _options.CurrentValue.BatchSize)
                {
                    await Task.WhenAny(wake, Task.Delay(Poll(idle), _time, waiting.Token)).ConfigureAwait(false);
                }

                await waiting.CancelAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.Failed(_logger, drain.Source.Name, e);
                await PauseAsync(failures++, stopping).ConfigureAwait(false);
            }
        }
    }

    private TimeSpan Poll(int idle) =>
        _options.CurrentValue.PollInterval * Math.Max(1, idle) * (0.8 + (0.4 * Random.Shared.NextDouble()));

    private Task PauseAsync(int failures, CancellationToken stopping)
    {
        var pause = TimeSpan.FromMilliseconds(250 << Math.Min(failures, 10));
        return Task.Delay(pause < s_longestPause ? pause : s_longestPause, _time, stopping).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static partial class Log
    {
        [LoggerMessage(1610, LogLevel.Error, "The outbox of {Source} could not be drained; it is tried again.", EventName = "IntakeDrainFailed")]
        public static partial void Failed(ILogger logger, string source, Exception exception);
    }
}

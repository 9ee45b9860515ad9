using Microsoft.Extensions.Hosting;

namespace Messaging;

/// <summary>Runs every <see cref="IStartupCheck"/> before any service of the host starts, and reports all that is wrong at once.</summary>
internal sealed class StartupChecks(IEnumerable<IStartupCheck> checks) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        List<Exception> wrong = [];
        foreach (var check in checks)
        {
            try
            {
                await check.CheckAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                wrong.Add(e);
            }
        }

        if (wrong.Count == 1)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(wrong[0]);
        }

        if (wrong.Count > 1)
        {
            throw new AggregateException("The configuration of AddMessaging() has several mistakes.", wrong);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

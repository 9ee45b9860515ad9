using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>Runs the dispatcher in the background of the host, unless this process only accepts.</summary>
internal sealed class MessageDispatcher(DispatchLoop loop, IOptions<DispatcherOptions> options, IOptions<MessagingOptions> messaging) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.RunInBackground && !messaging.Value.SendOnly ? loop.RunAsync(stoppingToken) : Task.CompletedTask;
}

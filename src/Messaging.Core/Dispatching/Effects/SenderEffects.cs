using Messaging.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Messaging.Dispatching;

/// <summary>Pauses a sender that a provider refuses, until somebody has mended it and resumes it.</summary>
internal sealed partial class SenderEffects(IServiceProvider services, ILogger<SenderEffects> logger)
{
    /// <summary>Pauses the account for the tenant whose message was refused, unless that is so already.</summary>
    public async ValueTask RefusedAsync(DeliveryRecord record, string account, string text, CancellationToken cancellationToken)
    {
        // Operations know the dispatcher's work; asking for them late keeps the two from needing each other.
        if (services.GetService<IMessageOperations>() is not { } operations)
        {
            return;
        }

        var scope = new PauseScope(record.Delivery.Tenant, account);
        foreach (var pause in await operations.PausesAsync(scope.Tenant, cancellationToken).ConfigureAwait(false))
        {
            if (pause.Scope == scope)
            {
                return;
            }
        }

        await operations.PauseAsync(scope, $"The provider refused the sender: {text}", cancellationToken).ConfigureAwait(false);
        Log.Paused(logger, account, scope.Tenant.Value, text);
    }

    private static partial class Log
    {
        [LoggerMessage(1210, LogLevel.Warning, "Account {Account} of tenant {Tenant} is paused: the provider refused the sender: {Text}", EventName = "SenderPaused")]
        public static partial void Paused(ILogger logger, string account, string tenant, string text);
    }
}

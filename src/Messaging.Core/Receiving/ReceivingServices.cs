using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Messaging.Receiving;

internal static class ReceivingServices
{
    /// <summary>Registers reports of providers and the host's handlers. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddReceiving(this IServiceCollection services)
    {
        services.TryAddSingleton<HostEvents>();
        return services;
    }
}

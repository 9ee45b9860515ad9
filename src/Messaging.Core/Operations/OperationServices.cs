using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Messaging.Operations;

internal static class OperationServices
{
    /// <summary>Registers what operators do to messages. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.TryAddSingleton<IMessageOperations, MessageOperations>();
        services.TryAddSingleton<PauseOperations>();
        services.TryAddSingleton<DeliverySweep>();
        services.TryAddSingleton<PlanSweep>();
        return services;
    }
}

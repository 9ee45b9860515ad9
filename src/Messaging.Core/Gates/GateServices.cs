using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Messaging.Gates;

internal static class GateServices
{
    /// <summary>Registers the gates and their order. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddGates(this IServiceCollection services)
    {
        services.TryAddSingleton<IGatePipeline, GatePipeline>();
        services.TryAddSingleton<EntityEditor>();
        services.TryAddSingleton<PauseBook>();
        services.TryAddSingleton<ParkedWork>();
        services.TryAddSingleton<SuppressionBook>();
        services.TryAddSingleton<ISuppressions, Suppressions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISendGate, PauseGate>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISendGate, SuppressionGate>());
        return services;
    }
}

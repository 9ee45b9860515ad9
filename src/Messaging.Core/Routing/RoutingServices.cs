using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Messaging.Routing;

internal static class RoutingServices
{
    /// <summary>Registers routes and plans. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddRouting(this IServiceCollection services)
    {
        services.TryAddSingleton<RouteCatalog>();
        services.TryAddSingleton<IRouteCatalog>(provider => provider.GetRequiredService<RouteCatalog>());
        services.TryAddSingleton<IPlanFactory, PlanFactory>();
        services.TryAddSingleton<PlanPayloads>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Dispatching.IWorkHandler, PlanKeeper>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupCheck, RouteCatalogCheck>());
        return services;
    }
}

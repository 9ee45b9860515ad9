using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

internal static class DispatchServices
{
    /// <summary>Registers the dispatcher and what settles its work. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddDispatching(this IServiceCollection services)
    {
        services.AddOptions<DispatcherOptions>();
        services.AddOptions<BreakerOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DispatcherOptions>, DispatcherOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BreakerOptions>, BreakerOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KindOptions>, KindOptionsValidator>());
        services.TryAddSingleton<KindPolicies>();
        services.TryAddSingleton<MaintenanceWork>();
        services.TryAddSingleton<BreakerKeys>();
        services.TryAddSingleton<BreakerBoard>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMaintenanceTask, BreakerKeeper>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWorkHandler, MaintenanceHandler>());
        return services;
    }
}

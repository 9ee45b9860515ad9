using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Messaging.RateLimiting;

internal static class RateLimitServices
{
    /// <summary>Registers limits. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddRateLimiting(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>());
        services.TryAddSingleton<LimitPolicy>();
        services.TryAddSingleton<HostLimiters>();
        services.TryAddSingleton<SlotPlanner>();
        services.TryAddSingleton<SendLimits>();
        return services;
    }
}

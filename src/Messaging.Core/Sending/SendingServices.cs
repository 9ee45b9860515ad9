using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

internal static class SendingServices
{
    /// <summary>Registers the hub and the way from a request to the store. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddSending(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MessagingOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MessagingOptions>, MessagingOptionsValidator>());
        services.TryAddSingleton<IdGenerator>();
        services.TryAddSingleton<AddressBook>();
        services.TryAddSingleton<EnvironmentGuard>();
        services.TryAddSingleton<IEnvironmentGuard>(s => s.GetRequiredService<EnvironmentGuard>());
        services.TryAddSingleton<IStoreEnvironment>(s => s.GetRequiredService<EnvironmentGuard>());
        return services;
    }
}

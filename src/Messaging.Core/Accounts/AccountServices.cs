using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Messaging.Channels;

internal static class AccountServices
{
    /// <summary>Registers accounts, live channels and what their names mean. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<HostAccounts>();
        services.TryAddSingleton<ChannelFactories>();
        services.TryAddSingleton<ChannelPool>();
        services.TryAddSingleton<StoredChannelAccounts>();
        services.TryAddSingleton<AccountResolver>();
        services.TryAddSingleton<ChannelDirectory>();
        services.TryAddSingleton<IChannelDirectory>(provider => provider.GetRequiredService<ChannelDirectory>());
        services.TryAddSingleton<IStoredChannelAccounts, StoredAccountEditor>();
        services.TryAddSingleton<ICredentialProtector, KeyedCredentialProtector>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupCheck, AccountStartupCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccountDirectoryOptions>, AccountDirectoryOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CredentialProtectionOptions>, CredentialProtectionOptionsValidator>());
        services.AddOptions<AccountDirectoryOptions>();
        services.AddOptions<CredentialProtectionOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Microsoft.Extensions.Hosting.IHostedService, StartupChecks>());
        return services;
    }
}

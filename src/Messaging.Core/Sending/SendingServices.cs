using Messaging.Gates;
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
        services.TryAddSingleton<TenantLocales>();
        services.TryAddSingleton<RecipientGuard>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISendGate, StagingGate>());
        AddPayloads(services);
        services.TryAddSingleton<EnvironmentGuard>();
        services.TryAddSingleton<IEnvironmentGuard>(s => s.GetRequiredService<EnvironmentGuard>());
        services.TryAddSingleton<IStoreEnvironment>(s => s.GetRequiredService<EnvironmentGuard>());
        return services;
    }

    private static void AddPayloads(IServiceCollection services)
    {
        services.TryAddSingleton<BufferPool>();
        services.TryAddSingleton<AttachmentStores>();
        services.TryAddSingleton<AttachmentOpener>();
        services.TryAddSingleton<DeferredRenderer>();
        services.TryAddSingleton<OutboundAssembler>();
        services.TryAddSingleton<IOutboundMessageFactory, OutboundMessageFactory>();
        services.TryAddSingleton<IPayloadFacts, PayloadFacts>();
    }
}

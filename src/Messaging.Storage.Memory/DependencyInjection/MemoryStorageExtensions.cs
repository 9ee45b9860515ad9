using Messaging.Storage;
using Messaging.Storage.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the in-memory store.</summary>
public static class MemoryStorageExtensions
{
    /// <summary>Keeps messages in this process: what is not sent when it ends is lost. Takes the place of any store registered before.</summary>
    public static MessagingBuilder UseMemory(this MessagingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services
            .RemoveAll<IMessageStore>().RemoveAll<IWorkQueue>().RemoveAll<IMessageReader>()
            .RemoveAll<IEntityStore>().RemoveAll<IRateLimitStore>().RemoveAll<IAttachmentStore>()
            .AddMemoryMessagingStore();
        return builder;
    }

    /// <summary>Registers the in-memory store for every storage contract that has no implementation yet.</summary>
    public static IServiceCollection AddMemoryMessagingStore(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MemoryStore>();
        services.TryAddSingleton<IMessageStore>(static provider => provider.GetRequiredService<MemoryStore>());
        services.TryAddSingleton<IWorkQueue>(static provider => provider.GetRequiredService<MemoryStore>());
        services.TryAddSingleton<IMessageReader>(static provider => provider.GetRequiredService<MemoryStore>());
        services.TryAddSingleton<IEntityStore>(static provider => provider.GetRequiredService<MemoryStore>());
        services.TryAddSingleton<IRateLimitStore, MemoryRateLimitStore>();
        services.TryAddSingleton<IAttachmentStore, MemoryAttachmentStore>();
        return services;
    }
}

using Messaging.Storage;
using Messaging.Storage.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the in-memory store.</summary>
public static class MemoryStorageExtensions
{
    /// <summary>Keeps messages in this process: what is not sent when it ends is lost. Takes the place of any store registered before.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says how long history is kept; <see langword="null"/> for the defaults.</param>
    public static MessagingBuilder UseMemory(this MessagingBuilder builder, Action<MemoryStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

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
        services.AddOptionsWithValidateOnStart<MemoryStoreOptions, MemoryStoreOptionsValidator>();
        services.TryAddSingleton(static provider =>
            new MemoryStore(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<MemoryStoreOptions>>().Value));
        services.TryAddSingleton<IMessageStore>(static provider => provider.GetRequiredService<MemoryStore>());
        services.TryAddSingleton<IWorkQueue>(static provider => provider.GetRequiredService<MemoryStore>());
        services.TryAddSingleton<IMessageReader>(static provider => provider.GetRequiredService<MemoryStore>());
        services.TryAddSingleton<IEntityStore>(static provider => provider.GetRequiredService<MemoryStore>());
        services.TryAddSingleton<IRateLimitStore, MemoryRateLimitStore>();
        services.TryAddSingleton<IAttachmentStore, MemoryAttachmentStore>();
        return services;
    }
}

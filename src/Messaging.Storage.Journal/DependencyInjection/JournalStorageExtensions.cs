using System.Diagnostics.Metrics;
using Messaging.Storage;
using Messaging.Storage.Journal;
using Messaging.Storage.Journal.Attachments;
using Messaging.Storage.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the embedded durable store.</summary>
public static class JournalStorageExtensions
{
    /// <summary>Keeps messages in a directory of this machine: what was acknowledged outlives the process. Takes the place of any store registered before.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The directory, which belongs to the journal alone; made when it is not there.</param>
    /// <param name="configure">Says what is kept and how; <see langword="null"/> for the defaults.</param>
    public static MessagingBuilder UseJournal(this MessagingBuilder builder, string path, Action<JournalOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return builder.UseJournal(options =>
        {
            options.Path = path;
            configure?.Invoke(options);
        });
    }

    /// <summary>Keeps messages in a directory of this machine; see <see cref="UseJournal(MessagingBuilder, string, Action{JournalOptions})"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says where the journal stands, and what is kept.</param>
    public static MessagingBuilder UseJournal(this MessagingBuilder builder, Action<JournalOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder.AddJournal();
    }

    /// <summary>Keeps messages in a directory of this machine; see <see cref="UseJournal(MessagingBuilder, string, Action{JournalOptions})"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">A section with the values of <see cref="JournalOptions"/>, such as <c>Path</c>.</param>
    public static MessagingBuilder UseJournal(this MessagingBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);
        builder.Services.Configure<JournalOptions>(configuration);
        return builder.AddJournal();
    }

    private static MessagingBuilder AddJournal(this MessagingBuilder builder)
    {
        var services = builder.Services
            .RemoveAll<IMessageStore>().RemoveAll<IWorkQueue>().RemoveAll<IMessageReader>()
            .RemoveAll<IEntityStore>().RemoveAll<IRateLimitStore>().RemoveAll<IAttachmentStore>();
        services.AddOptionsWithValidateOnStart<JournalOptions, JournalOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new JournalStore(
            provider.GetRequiredService<IOptions<JournalOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<JournalStore>>() ?? NullLogger<JournalStore>.Instance,
            provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<IMessageStore>(static provider => provider.GetRequiredService<JournalStore>());
        services.TryAddSingleton<IWorkQueue>(static provider => provider.GetRequiredService<JournalStore>());
        services.TryAddSingleton<IMessageReader>(static provider => provider.GetRequiredService<JournalStore>());
        services.TryAddSingleton<IEntityStore>(static provider => provider.GetRequiredService<JournalStore>());
        services.TryAddSingleton<IRateLimitStore, MemoryRateLimitStore>();
        services.TryAddSingleton<IAttachmentStore, FileAttachmentStore>();
        return builder;
    }
}

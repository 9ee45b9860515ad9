using Messaging.Storage;
using Messaging.Storage.EfCore;
using Messaging.Storage.EfCore.Migrating;
using Messaging.Storage.EfCore.Schema;
using Messaging.Storage.EfCore.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the store over EF Core.</summary>
public static class EfCoreMessagingBuilderExtensions
{
    /// <summary>Keeps messages in tables of the suite's own, in the schema <c>messaging</c>, through EF Core. Takes the place of any store registered before.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="database">Says which database: <c>o => o.UseNpgsql(connectionString)</c>.</param>
    /// <param name="configure">Says how it is used; <see langword="null"/> for the defaults.</param>
    public static MessagingBuilder UseEfCore(this MessagingBuilder builder, Action<DbContextOptionsBuilder> database, Action<EfCoreStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        return builder.UseEfCore((_, options) => database(options), configure);
    }

    /// <summary>Keeps messages in tables of the suite's own, as <see cref="UseEfCore(MessagingBuilder, Action{DbContextOptionsBuilder}, Action{EfCoreStoreOptions}?)"/> does, in a database that the host's services tell.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="database">Says which database.</param>
    /// <param name="configure">Says how it is used; <see langword="null"/> for the defaults.</param>
    public static MessagingBuilder UseEfCore(
        this MessagingBuilder builder, Action<IServiceProvider, DbContextOptionsBuilder> database, Action<EfCoreStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(database);
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        builder.Services.AddStore(database);
        return builder;
    }

    /// <summary>Keeps messages in tables of the suite's own; how they are used is read from a section of the configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="database">Says which database.</param>
    /// <param name="section">Holds <see cref="EfCoreStoreOptions"/>.</param>
    public static MessagingBuilder UseEfCore(this MessagingBuilder builder, Action<DbContextOptionsBuilder> database, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddOptions<EfCoreStoreOptions>().Bind(section);
        return builder.UseEfCore(database);
    }

    private static void AddStore(this IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> database)
    {
        services.AddOptionsWithValidateOnStart<EfCoreStoreOptions, EfCoreStoreOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.RemoveAll<IDbContextFactory<MessagingDbContext>>();
        services.AddSingleton<IDbContextFactory<MessagingDbContext>>(provider =>
        {
            var options = new DbContextOptionsBuilder<MessagingDbContext>().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
            database(provider, options);
            return new PooledDbContextFactory<MessagingDbContext>(options.Options);
        });
        services.TryAddSingleton(provider => new EfCoreStore(
            provider.GetRequiredService<IDbContextFactory<MessagingDbContext>>(),
            () => provider.GetRequiredService<IOptionsMonitor<EfCoreStoreOptions>>().CurrentValue,
            provider.GetRequiredService<TimeProvider>()));
        services
            .RemoveAll<IMessageStore>().RemoveAll<IWorkQueue>().RemoveAll<IMessageReader>()
            .RemoveAll<IEntityStore>().RemoveAll<IRateLimitStore>().RemoveAll<IAttachmentStore>();
        services.AddSingleton<IMessageStore>(provider => provider.GetRequiredService<EfCoreStore>());
        services.AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<EfCoreStore>());
        services.AddSingleton<IMessageReader>(provider => provider.GetRequiredService<EfCoreStore>());
        services.AddSingleton<IEntityStore>(provider => provider.GetRequiredService<EfCoreStore>());
        services.AddSingleton<IRateLimitStore, EfCoreRateLimitStore>();
        services.AddSingleton<IAttachmentStore, EfCoreAttachmentStore>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EfHousekeeper>());
        services.AddMessagingSchema(
            provider => provider.GetRequiredService<IDbContextFactory<MessagingDbContext>>().CreateDbContext(),
            SchemaRunner.EfCorePlace,
            provider => provider.GetRequiredService<IOptions<EfCoreStoreOptions>>().Value.MigrateAtStart,
            typeof(EfCoreStore));
    }
}

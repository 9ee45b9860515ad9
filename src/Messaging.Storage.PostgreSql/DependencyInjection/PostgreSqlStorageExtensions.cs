using Messaging.Storage;
using Messaging.Storage.EfCore.Migrating;
using Messaging.Storage.PostgreSql;
using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Maintenance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the PostgreSQL store.</summary>
public static class PostgreSqlStorageExtensions
{
    /// <summary>Keeps messages in a PostgreSQL database, which any number of processes may share. Takes the place of any store registered before.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">How to connect, in Npgsql's words; checked at start-up.</param>
    public static MessagingBuilder UsePostgreSql(this MessagingBuilder builder, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.UsePostgreSql(options => options.ConnectionString = connectionString);
    }

    /// <summary>Keeps messages in a PostgreSQL database, set up by code.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options; checked at start-up.</param>
    public static MessagingBuilder UsePostgreSql(this MessagingBuilder builder, Action<PostgreSqlOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddStore().Configure(configure);
        return builder;
    }

    /// <summary>Keeps messages in a PostgreSQL database, set up by configuration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">The section with the properties of <see cref="PostgreSqlOptions"/>; checked at start-up.</param>
    public static MessagingBuilder UsePostgreSql(this MessagingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.AddStore().Configure(options => section.Bind(options));
        return builder;
    }

    private static OptionsBuilder<PostgreSqlOptions> AddStore(this MessagingBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlOptions>, PostgreSqlOptionsRules>());
        services.TryAddSingleton(static provider => new Database(provider.GetRequiredService<IOptions<PostgreSqlOptions>>().Value));
        services.TryAddSingleton(static provider => new PostgreSqlStore(
            provider.GetRequiredService<IOptions<PostgreSqlOptions>>().Value, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Database>()));
        services
            .RemoveAll<IMessageStore>().RemoveAll<IWorkQueue>().RemoveAll<IMessageReader>()
            .RemoveAll<IEntityStore>().RemoveAll<IRateLimitStore>().RemoveAll<IAttachmentStore>();
        services.AddSingleton<IMessageStore>(static provider => provider.GetRequiredService<PostgreSqlStore>());
        services.AddSingleton<IWorkQueue>(static provider => provider.GetRequiredService<PostgreSqlStore>());
        services.AddSingleton<IMessageReader>(static provider => provider.GetRequiredService<PostgreSqlStore>());
        services.AddSingleton<IEntityStore>(static provider => provider.GetRequiredService<PostgreSqlStore>());
        services.AddSingleton<IRateLimitStore, PostgreSqlRateLimitStore>();
        services.AddSingleton<IAttachmentStore, PostgreSqlAttachmentStore>();
        services.AddMessagingSchema(
            static provider => SchemaGate.Context(provider.GetRequiredService<Database>()),
            Database.Place,
            static provider => provider.GetRequiredService<IOptions<PostgreSqlOptions>>().Value.MigrateAtStart,
            typeof(PostgreSqlStore));
        services.AddHostedService<Housekeeper>();
        return services.AddOptionsWithValidateOnStart<PostgreSqlOptions, PostgreSqlOptionsValidator>();
    }
}

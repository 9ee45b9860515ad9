using Messaging;
using Messaging.Channels;
using Messaging.Channels.Email;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds e-mail accounts.</summary>
public static class EmailMessagingBuilderExtensions
{
    /// <summary>Adds an account by a connection string: <c>smtp://</c>, <c>smtps://</c>, <c>smtp+starttls://</c> or <c>pickup:///</c>; see <see cref="EmailOptions.ConnectionString"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The account's name; unique, checked at start-up.</param>
    /// <param name="connectionString">The connection string; checked at start-up.</param>
    public static MessagingBuilder AddEmail(this MessagingBuilder builder, string name, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.AddEmail(name, options => options.ConnectionString = connectionString);
    }

    /// <summary>Adds an account by code.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The account's name; unique, checked at start-up.</param>
    /// <param name="configure">Sets the options; checked at start-up.</param>
    public static MessagingBuilder AddEmail(this MessagingBuilder builder, string name, Action<EmailOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddServices(name).Configure(configure);
        return builder;
    }

    /// <summary>Adds an account by configuration. A change of it takes effect without a restart.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The account's name; unique, checked at start-up.</param>
    /// <param name="section">The section with the properties of <see cref="EmailOptions"/>; checked at start-up.</param>
    public static MessagingBuilder AddEmail(this MessagingBuilder builder, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddSingleton<IOptionsChangeTokenSource<EmailOptions>>(new ConfigurationChangeTokenSource<EmailOptions>(name, section));
        builder.AddServices(name).Configure(options => EmailSection.Apply(section, options));
        return builder;
    }

    private static OptionsBuilder<EmailOptions> AddServices(this MessagingBuilder builder, string name)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<EmailOptions>, EmailOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmailOptions>, EmailOptionsRules>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannelRules, EmailRules>());
        builder.AddChannelFactory<EmailChannelFactory>();
        builder.AddAccount<EmailOptions>(name, ChannelKinds.Email, static options => options.Scheme);
        return services.AddOptionsWithValidateOnStart<EmailOptions, EmailOptionsValidator>(name);
    }
}

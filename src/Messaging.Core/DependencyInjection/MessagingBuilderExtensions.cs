using System.Diagnostics.CodeAnalysis;
using Messaging;
using Messaging.Contacts;
using Messaging.Sending;
using Messaging.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What a host says of the suite as a whole.</summary>
public static class MessagingBuilderExtensions
{
    /// <summary>Sets options of the suite.</summary>
    public static MessagingBuilder Configure(this MessagingBuilder builder, Action<MessagingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>Binds options of the suite to a section of the configuration; a change of it takes effect without a restart.</summary>
    public static MessagingBuilder Configure(this MessagingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.Configure<MessagingOptions>(section);
        return builder;
    }

    /// <summary>Accepts messages and leaves sending to other processes over the same store: for a web front whose workers run elsewhere.</summary>
    public static MessagingBuilder SendOnly(this MessagingBuilder builder) => builder.Configure(o => o.SendOnly = true);

    /// <summary>Makes a request without a tenant an error, rather than one of the tenant <c>default</c>.</summary>
    public static MessagingBuilder RequireTenant(this MessagingBuilder builder) => builder.Configure(o => o.RequireTenant = true);

    /// <summary>Sends all mail to one address, and what is not mail nowhere, whoever it is for. Those whom <see cref="AllowRecipients"/> names still get theirs.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="address">The mailbox of the developers.</param>
    public static MessagingBuilder RedirectAll(this MessagingBuilder builder, string address) => builder.RedirectAll(ChannelKinds.Email, address);

    /// <summary>Sends everything of a kind to one address. As soon as one kind is redirected, a kind that is not goes nowhere.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="address">The address of that kind.</param>
    public static MessagingBuilder RedirectAll(this MessagingBuilder builder, string kind, string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        return builder.Configure(o => o.Redirect[kind] = address);
    }

    /// <summary>Lets only some recipients be written to; everything for others is stored as suppressed, or redirected by <see cref="RedirectAll(MessagingBuilder, string)"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="patterns">Addresses (<c>anna@example.com</c>), domains (<c>@example.com</c>) or beginnings (<c>+48*</c>).</param>
    public static MessagingBuilder AllowRecipients(this MessagingBuilder builder, params string[] patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return builder.Configure(o =>
        {
            foreach (var pattern in patterns)
            {
                o.AllowedRecipients.Add(pattern);
            }
        });
    }

    /// <summary>Names the environment. The store is stamped with it; a store with another stamp is not dispatched from until <see cref="IStoreEnvironment.ConfirmAsync"/>.</summary>
    public static MessagingBuilder Environment(this MessagingBuilder builder, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return builder.Configure(o => o.Environment = name);
    }

    /// <summary>Names the messages that the host sends, so that their templates, variables, routes and channels are checked at start-up.</summary>
    public static MessagingBuilder AddMessages(this MessagingBuilder builder, params MessageDefinition[] definitions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(definitions);
        foreach (var definition in definitions)
        {
            builder.Services.AddSingleton(definition);
        }

        return builder;
    }

    /// <summary>Sets the locale and time zone of recipients of whom nothing closer is known.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="locale">A BCP 47 name, such as <c>pl-PL</c>.</param>
    /// <param name="timeZone">An IANA name, such as <c>Europe/Warsaw</c>; <see langword="null"/> leaves what is set.</param>
    public static MessagingBuilder DefaultLocale(this MessagingBuilder builder, string locale, string? timeZone = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(locale);
        return builder.Configure(o => (o.DefaultLocale, o.TimeZone) = (locale, timeZone ?? o.TimeZone));
    }

    /// <summary>Sets what a tenant has of its own.</summary>
    public static MessagingBuilder ConfigureTenant(this MessagingBuilder builder, string tenant, Action<TenantSettings> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tenant);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.Configure(o =>
        {
            if (!o.Tenants.TryGetValue(tenant, out var settings))
            {
                o.Tenants[tenant] = settings = new TenantSettings();
            }

            configure(settings);
        });
    }

    /// <summary>Asks the host for tenants' settings. The last call counts.</summary>
    public static MessagingBuilder UseTenantSettings<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this MessagingBuilder builder)
        where T : class, ITenantSettings => builder.Use<ITenantSettings, T>();

    /// <summary>Looks recipients up in the host's own directory, rather than in the suite's contacts. The last call counts.</summary>
    public static MessagingBuilder UseDirectory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this MessagingBuilder builder)
        where T : class, IRecipientDirectory => builder.Use<IRecipientDirectory, T>();

    /// <summary>
    /// Keeps attachments that are too large to travel with their message as files in a directory, until no delivery needs them
    /// (<see cref="AttachmentOptions.KeepFor"/>). The last call counts.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="directory">The directory; created when missing. Every process that sends must see it.</param>
    public static MessagingBuilder UseAttachmentStore(this MessagingBuilder builder, string directory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        builder.Services.AddKeyedSingleton<IAttachmentStore>(AttachmentStores.HostChoice, (_, _) => new FileAttachmentStore(directory));
        return builder;
    }

    /// <summary>Keeps attachments that are too large to travel with their message in the host's own store. The last call counts.</summary>
    public static MessagingBuilder UseAttachmentStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this MessagingBuilder builder)
        where T : class, IAttachmentStore
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IAttachmentStore, T>(AttachmentStores.HostChoice);
        return builder;
    }

    /// <summary>Adds what makes deferred attachments when their messages are sent.</summary>
    public static MessagingBuilder AddAttachmentSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this MessagingBuilder builder)
        where T : class, IAttachmentSource
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttachmentSource, T>());
        return builder;
    }

    private static MessagingBuilder Use<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this MessagingBuilder builder)
        where TService : class
        where T : class, TService
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<TService, T>());
        return builder;
    }
}

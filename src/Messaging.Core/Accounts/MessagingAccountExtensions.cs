using System.Diagnostics.CodeAnalysis;
using Messaging;
using Messaging.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures accounts: groups, limits, where tenants' own come from, and how their credentials are protected.</summary>
public static class MessagingAccountExtensions
{
    /// <summary>Puts several accounts of one kind under one name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The group's name; no account may have it.</param>
    /// <param name="configure">Names the accounts and how one of them is picked: <c>g =&gt; g.Failover("email-a", "email-b")</c>.</param>
    /// <remarks>The order of calls makes no difference; that the accounts exist and are of one kind is checked at start-up.</remarks>
    public static MessagingBuilder AddAccountGroup(this MessagingBuilder builder, string name, Action<AccountGroupBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        var group = new AccountGroupBuilder();
        configure(group);
        builder.Services.AddSingleton(new AccountGroup(name, group.Selection, group.Members));
        return builder;
    }

    /// <summary>Configures one account, of the host or of tenants, whatever package it belongs to.</summary>
    public static MessagingBuilder ConfigureAccount(this MessagingBuilder builder, string name, Action<AccountOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        builder.Services.AddOptions<AccountOptions>(name).Configure(configure).ValidateOnStart();
        return builder;
    }

    /// <summary>Configures how long accounts are remembered and how many channels are kept alive.</summary>
    public static MessagingBuilder ConfigureAccountDirectory(this MessagingBuilder builder, Action<AccountDirectoryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<AccountDirectoryOptions>().Configure(configure).ValidateOnStart();
        return builder;
    }

    /// <summary>Registers where tenants' own accounts come from, such as the host's database. Asked before the suite's store, in the order of registration.</summary>
    /// <typeparam name="TAccounts">The source; a singleton, safe for concurrent use.</typeparam>
    public static MessagingBuilder AddChannelAccounts<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAccounts>(this MessagingBuilder builder)
        where TAccounts : class, IChannelAccounts
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannelAccounts, TAccounts>());
        return builder;
    }

    /// <summary>Configures the keys that protect stored credentials.</summary>
    public static MessagingBuilder ProtectCredentials(this MessagingBuilder builder, Action<CredentialProtectionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<CredentialProtectionOptions>().Configure(configure).ValidateOnStart();
        return builder;
    }

    /// <summary>Configures the keys that protect stored credentials from a section with <c>CurrentKey</c> and <c>Keys</c>.</summary>
    public static MessagingBuilder ProtectCredentials(this MessagingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.ProtectCredentials(options =>
        {
            options.CurrentKey = section[nameof(CredentialProtectionOptions.CurrentKey)];
            foreach (var key in section.GetSection(nameof(CredentialProtectionOptions.Keys)).GetChildren())
            {
                options.Keys[key.Key] = key.Value ?? "";
            }
        });
    }
}

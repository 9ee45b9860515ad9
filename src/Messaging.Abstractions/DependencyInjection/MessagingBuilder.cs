using System.Diagnostics.CodeAnalysis;
using Messaging.Channels;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Collects what a host wants of the suite. The order of calls makes no difference.</summary>
public sealed class MessagingBuilder
{
    /// <summary>Initializes a builder; <c>AddMessaging()</c> does it.</summary>
    public MessagingBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Registers an account of the host whose settings are the named options <typeparamref name="TOptions"/>; a change of them makes a new version.</summary>
    /// <param name="name">The account's name; unique, checked at start-up.</param>
    /// <param name="kind">The medium.</param>
    /// <param name="scheme">Reads the scheme, and so the factory, of the options.</param>
    public MessagingBuilder AddAccount<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string name, string kind, Func<TOptions, string> scheme)
        where TOptions : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(scheme);
        var version = 0;
        Services.AddSingleton(new AccountRegistration(name, kind)
        {
            Describe = services => new ChannelAccount
            {
                Name = name,
                Kind = kind,
                Scheme = scheme(services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name)),
                Version = Volatile.Read(ref version).ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            OnChange = (services, changed) => services.GetRequiredService<IOptionsMonitor<TOptions>>().OnChange((_, changedName) =>
            {
                if (changedName == name)
                {
                    Interlocked.Increment(ref version);
                    changed();
                }
            }),
        });
        return this;
    }

    /// <summary>Registers a channel factory once, however many accounts use it.</summary>
    public MessagingBuilder AddChannelFactory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFactory>()
        where TFactory : class, IChannelFactory
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannelFactory, TFactory>());
        return this;
    }
}

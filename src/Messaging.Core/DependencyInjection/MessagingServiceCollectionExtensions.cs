using Messaging.Channels;
using Messaging.Contacts;
using Messaging.Diagnostics;
using Messaging.Dispatching;
using Messaging.Receiving;
using Messaging.Gates;
using Messaging.History;
using Messaging.Operations;
using Messaging.RateLimiting;
using Messaging.Routing;
using Messaging.Sending;
using Messaging.Templates;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the suite to a host.</summary>
public static class MessagingServiceCollectionExtensions
{
    /// <summary>Adds the suite. May be called many times and in any order: what is configured adds up.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says what the host wants: accounts, templates, a store.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Messages are kept in memory unless a store is chosen with a <c>Use…()</c> of a storage package.</remarks>
    public static IServiceCollection AddMessaging(this IServiceCollection services, Action<MessagingBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddOptions()
            .AddLogging()
            .AddSending()
            .AddContacts()
            .AddAccounts()
            .AddRouting()
            .AddGates()
            .AddRateLimiting()
            .AddTemplates()
            .AddDispatching()
            .AddReceiving()
            .AddHistory()
            .AddOperations()
            .AddDiagnostics()
            .AddEntityKinds();
        configure?.Invoke(new MessagingBuilder(services));
        return services.AddMemoryMessagingStore();
    }
}

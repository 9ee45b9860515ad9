using System.Diagnostics.CodeAnalysis;
using Messaging;
using Messaging.Receiving;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the host's reactions to what happens to its messages.</summary>
public static class MessagingEventExtensions
{
    /// <summary>Adds a handler of events. Each call of it has a scope of its own; an event is stored together with what caused it, and offered again when the handler throws.</summary>
    public static MessagingBuilder AddEventHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(this MessagingBuilder builder)
        where THandler : class, IMessageEventHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Scoped<IMessageEventHandler, THandler>());
        return builder;
    }

    /// <summary>Configures how handlers that throw are called again.</summary>
    public static MessagingBuilder ConfigureEventHandlers(this MessagingBuilder builder, Action<EventHandlerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<EventHandlerOptions>().Configure(configure).ValidateOnStart();
        return builder;
    }
}

using Messaging.Dispatching;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures how accepted messages are sent.</summary>
public static class MessagingDispatchExtensions
{
    /// <summary>Configures how much this process sends at a time.</summary>
    public static MessagingBuilder ConfigureDispatcher(this MessagingBuilder builder, Action<DispatcherOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<DispatcherOptions>().Configure(configure).ValidateOnStart();
        return builder;
    }

    /// <summary>Configures how deliveries of one kind are tried again.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="kind">The medium, see <see cref="Messaging.ChannelKinds"/>.</param>
    /// <param name="configure">Sets what is to differ from the kind's default.</param>
    public static MessagingBuilder ConfigureKind(this MessagingBuilder builder, string kind, Action<KindOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        builder.Services.AddOptions<KindOptions>(kind).Configure(configure).ValidateOnStart();
        return builder;
    }

    /// <summary>Configures when a failing account is left alone.</summary>
    public static MessagingBuilder ConfigureBreaker(this MessagingBuilder builder, Action<BreakerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<BreakerOptions>().Configure(configure).ValidateOnStart();
        return builder;
    }

    /// <summary>Configures when an address that keeps sending messages back is left alone.</summary>
    public static MessagingBuilder ConfigureBounces(this MessagingBuilder builder, Action<BounceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<BounceOptions>().Configure(configure).ValidateOnStart();
        return builder;
    }
}

using Messaging;
using Messaging.Channels;
using Messaging.Dispatching;
using Messaging.Storage;
using Messaging.Testing;
using Messaging.Testing.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts a host under test.</summary>
public static class MessagingTestingExtensions
{
    /// <summary>
    /// Lets channels capture instead of send, lets the clock stand still until the test moves it, and leaves dispatching to the test. Before or
    /// after <c>AddMessaging()</c>. The test works with <see cref="TestMessaging"/>, a service.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="clock">The clock; <see langword="null"/> means the <see cref="ManualTimeProvider"/> that is registered already, or a new one.</param>
    public static IServiceCollection AddMessagingTesting(this IServiceCollection services, ManualTimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        clock ??= services.Select(service => service.ServiceType == typeof(TimeProvider) ? service.ImplementationInstance as ManualTimeProvider : null)
            .LastOrDefault(registered => registered is not null) ?? new ManualTimeProvider();
        services.RemoveAll<ManualTimeProvider>();
        services.AddSingleton(clock);
        return services.AddMessagingTesting(TestClock.Of(clock));
    }

    /// <summary>Puts a host under test that has a hand-driven clock of its own, such as a <c>FakeTimeProvider</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="advance">Moves it: <c>clock.Advance</c>.</param>
    public static IServiceCollection AddMessagingTesting(this IServiceCollection services, TimeProvider clock, Action<TimeSpan> advance)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(advance);
        return services.AddMessagingTesting(new TestClock(clock, advance));
    }

    /// <summary>Puts the host under test, see <see cref="AddMessagingTesting(IServiceCollection, ManualTimeProvider?)"/>.</summary>
    public static MessagingBuilder AddMessagingTesting(this MessagingBuilder builder, ManualTimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddMessagingTesting(clock);
        return builder;
    }

    /// <summary>Registers an account that exists in tests only and needs no channel package.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The account's name.</param>
    /// <param name="kind">The medium; <see langword="null"/> means the name.</param>
    /// <param name="capabilities">What it carries; <see langword="null"/> means everything, with delivery receipts.</param>
    public static MessagingBuilder AddTestChannel(this MessagingBuilder builder, string name, string? kind = null, ChannelCapabilities? capabilities = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var carries = capabilities ?? Everything(kind ?? name);
        builder.Services.AddSingleton<IChannelFactory>(new TestChannelFactory(name, carries));
        builder.Services.AddSingleton(new AccountRegistration(name, carries.Kind)
        {
            Describe = _ => new ChannelAccount { Name = name, Kind = carries.Kind, Scheme = TestChannelFactory.SchemeOf(name), Version = "1" },
        });
        return builder;
    }

    private static IServiceCollection AddMessagingTesting(this IServiceCollection services, TestClock clock)
    {
        services.RemoveAll<TimeProvider>();
        services.AddSingleton(clock.Time);
        services.RemoveAll<TestClock>();
        services.AddSingleton(clock);
        services.PostConfigure<DispatcherOptions>(options => options.RunInBackground = false);
        services.PostConfigure<IntakeOptions>(options => options.RunInBackground = false);
        services.TryAddSingleton<CaptureLog>();
        services.TryAddSingleton<Script>();
        services.TryAddSingleton(provider => new TestMessaging(
            provider.GetRequiredService<CaptureLog>(),
            provider.GetRequiredService<Script>(),
            provider.GetRequiredService<TestClock>(),
            provider.GetRequiredService<IMessageDispatcher>(),
            provider.GetRequiredService<IWorkQueue>(),
            provider.GetRequiredService<IInboundSink>(),
            provider.GetRequiredService<IMessageIntake>()));
        if (!services.Any(service => service.ImplementationType == typeof(TestChannelDecorator)))
        {
            // Innermost: what the host's own decorators make of a message is what is captured.
            services.Insert(0, ServiceDescriptor.Singleton<IChannelDecorator, TestChannelDecorator>());
        }

        return services.PostConfigure<DispatcherOptions>(dispatcher => (dispatcher.RunInBackground, dispatcher.SpreadRetries) = (false, false));
    }

    private static ChannelCapabilities Everything(string kind) => new()
    {
        Kind = kind,
        Subject = true,
        Html = true,
        Actions = true,
        Attachments = true,
        ExtraRecipients = true,
        MaxRecipients = 100,
        BestProof = MessageEventType.Delivered,
    };
}

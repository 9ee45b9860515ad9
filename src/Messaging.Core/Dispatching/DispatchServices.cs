using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

internal static class DispatchServices
{
    /// <summary>Registers the dispatcher and what settles its work. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddDispatching(this IServiceCollection services) =>
        services.AddDispatchOptions().AddBreakers().AddAttempts().AddDispatcher();

    private static IServiceCollection AddDispatchOptions(this IServiceCollection services)
    {
        services.AddOptions<DispatcherOptions>();
        services.AddOptions<BreakerOptions>();
        services.AddOptions<BounceOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DispatcherOptions>, DispatcherOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BreakerOptions>, BreakerOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BounceOptions>, BounceOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KindOptions>, KindOptionsValidator>());
        services.TryAddSingleton<KindPolicies>();
        return services;
    }

    private static IServiceCollection AddBreakers(this IServiceCollection services)
    {
        services.TryAddSingleton<MaintenanceWork>();
        services.TryAddSingleton<BreakerKeys>();
        services.TryAddSingleton<BreakerBoard>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMaintenanceTask, BreakerKeeper>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWorkHandler, MaintenanceHandler>());
        return services;
    }

    private static IServiceCollection AddAttempts(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new RetryClock(provider.GetRequiredService<IOptions<DispatcherOptions>>().Value.SpreadRetries ? null : static () => 1));
        services.TryAddSingleton<AttemptJudge>();
        services.TryAddSingleton<CopyJudge>();
        services.TryAddSingleton<AccountPicker>();
        services.TryAddSingleton<AddressEffects>();
        services.TryAddSingleton<SenderEffects>();
        services.TryAddSingleton<AttemptEffects>();
        services.TryAddSingleton<SettleComposer>();
        services.TryAddSingleton<ChannelCaller>();
        services.TryAddSingleton<AttemptRunner>();
        services.TryAddSingleton<DeliveryTriage>();
        services.TryAddSingleton<AccountStation>();
        services.TryAddSingleton<IImmediateSender, ImmediateSender>();
        return services;
    }

    private static IServiceCollection AddDispatcher(this IServiceCollection services)
    {
        services.TryAddSingleton<CancellationSources>();
        services.TryAddSingleton<LeaseKeeper>();
        services.TryAddSingleton<CommitQueue>();
        services.TryAddSingleton<WorkRunner>();
        services.TryAddTransient<GateCheck>();
        services.TryAddTransient<ParkConfirmer>();
        services.TryAddTransient<DeliveryPreparer>();
        services.TryAddTransient<DispatchCore>();
        services.TryAddSingleton<DispatcherEngine>();
        services.TryAddSingleton<DispatchLoop>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<Microsoft.Extensions.Hosting.IHostedService, MessageDispatcher>());
        services.TryAddSingleton<IMessageDispatcher>(provider => provider.GetRequiredService<DispatcherEngine>());
        return services;
    }
}

using Messaging.Dispatching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Messaging.Receiving;

internal static class ReceivingServices
{
    /// <summary>Registers reports of providers and the host's handlers. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddReceiving(this IServiceCollection services)
    {
        services.AddOptions<EventHandlerOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventHandlerOptions>, EventHandlerOptionsValidator>());
        services.TryAddSingleton<HostEvents>();
        services.TryAddSingleton<ReportMatcher>();
        services.TryAddSingleton<ReportChange>();
        services.TryAddSingleton<ReportEffects>();
        services.TryAddSingleton<Quarantine>();
        services.TryAddSingleton<InboundSink>();
        services.TryAddSingleton<IInboundSink>(provider => provider.GetRequiredService<InboundSink>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWorkHandler, UnmatchedReportHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWorkHandler, HostEventHandler>());
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Messaging.Diagnostics;

internal static class DiagnosticServices
{
    /// <summary>Registers tracing and metrics. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddDiagnostics(this IServiceCollection services)
    {
        services.TryAddSingleton<MessagingTelemetry>();
        return services;
    }
}

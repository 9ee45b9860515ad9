using System.Diagnostics.CodeAnalysis;
using Messaging.Templates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says where templates come from, whatever the engine.</summary>
public static class TemplateMessagingBuilderExtensions
{
    /// <summary>Adds a template written in code; it goes before those of directories and of the store. Its number is ignored.</summary>
    public static MessagingBuilder AddTemplate(this MessagingBuilder builder, TemplateVersion template)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(template);
        builder.Services.AddSingleton(new CodeTemplate(template));
        return builder;
    }

    /// <summary>Adds a template written in code.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="code">The code, such as <c>booking_confirmed</c>.</param>
    /// <param name="kind">The kind, such as <c>email</c>.</param>
    /// <param name="subject">The subject's source.</param>
    /// <param name="text">The plain text's source.</param>
    /// <param name="html">The html's source.</param>
    /// <param name="locale">The locale.</param>
    public static MessagingBuilder AddTemplate(
        this MessagingBuilder builder, string code, string kind, string? subject = null, string? text = null, string? html = null, string locale = TemplateVersion.DefaultLocale)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentException.ThrowIfNullOrWhiteSpace(locale);
        return builder.AddTemplate(new TemplateVersion { Code = code, Kind = kind, Locale = LocaleChain.Normalize(locale), Subject = subject, Text = text, Html = html });
    }

    /// <summary>Adds a directory of template files; see <see cref="TemplateDirectory"/> for their names.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The directory; a relative path counts from the host's content root, then from the application's own directory.</param>
    /// <param name="reload">Whether changed files count without a restart; <see langword="null"/> means in the Development environment only.</param>
    public static MessagingBuilder AddTemplateDirectory(this MessagingBuilder builder, string path, bool? reload = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.AddSingleton(new TemplateDirectory(path, reload));
        return builder;
    }

    /// <summary>Adds the host's own source of templates; it is asked after code, directories and the store.</summary>
    public static MessagingBuilder AddTemplateProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this MessagingBuilder builder)
        where T : class, ITemplateProvider
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ITemplateProvider, T>());
        return builder;
    }

    /// <summary>Sets strictness, limits and cache of templates.</summary>
    public static MessagingBuilder ConfigureTemplates(this MessagingBuilder builder, Action<TemplateOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>Binds strictness, limits and cache of templates to a section of the configuration; a change of it takes effect without a restart.</summary>
    public static MessagingBuilder ConfigureTemplates(this MessagingBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.Configure<TemplateOptions>(section);
        return builder;
    }
}

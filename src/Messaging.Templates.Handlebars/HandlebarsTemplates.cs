using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Templates.Handlebars;

/// <summary>Collects what a host says of its Handlebars templates.</summary>
public sealed class HandlebarsTemplates
{
    private readonly IServiceCollection _services;

    internal HandlebarsTemplates(IServiceCollection services) => _services = services;

    /// <summary>Reads templates from a directory; its layout is that of <see cref="TemplateDirectory"/>. May be called many times: the first directory that has a template wins.</summary>
    /// <param name="path">The directory; a relative path counts from the host's content root, then from the application's own directory.</param>
    /// <param name="reload">Whether changed files count without a restart; <see langword="null"/> means in the Development environment only.</param>
    public HandlebarsTemplates FromDirectory(string path, bool? reload = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _services.AddSingleton(new TemplateDirectory(path, reload));
        return this;
    }

    /// <summary>Sets strictness, limits and cache; see <see cref="TemplateOptions"/>.</summary>
    public HandlebarsTemplates Configure(Action<TemplateOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _services.Configure(configure);
        return this;
    }

    /// <summary>Lets a missing variable be nothing rather than an error.</summary>
    public HandlebarsTemplates Lenient() => Configure(o => o.Strict = false);

    /// <summary>Adds a helper that templates call by name.</summary>
    /// <param name="name">The name: letters and digits, as in code. The name of a built-in helper replaces it.</param>
    /// <param name="helper">What it does.</param>
    /// <exception cref="ArgumentException">The name cannot be one in a template.</exception>
    public HandlebarsTemplates AddHelper(string name, TemplateHelper helper)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(helper);
        if (!char.IsLetter(name[0]) || !name.All(char.IsLetterOrDigit) || Parsing.TemplateWords.IsBlock(name) || Parsing.TemplateWords.IsLiteral(name))
        {
            throw new ArgumentException($"'{name}' cannot be a helper's name. Take letters and digits, and no word that Handlebars uses itself.", nameof(name));
        }

        _services.AddSingleton(new HostHelperRegistration(name, helper));
        return this;
    }
}

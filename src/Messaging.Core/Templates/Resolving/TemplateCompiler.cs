using Microsoft.Extensions.Options;

namespace Messaging.Templates;

/// <summary>Compiles versions, each once as long as it and its partials stay as they are.</summary>
internal sealed class TemplateCompiler
{
    private readonly BoundedCache<CompiledKey, ResolvedTemplate> _compiled;
    private readonly TemplateClock _clock;
    private readonly IOptionsMonitor<MessagingOptions> _suite;
    private readonly ITemplateEngine? _engine;

    public TemplateCompiler(TemplateClock clock, IOptionsMonitor<MessagingOptions> suite, ITemplateEngine? engine = null)
    {
        (_clock, _suite, _engine) = (clock, suite, engine);
        _compiled = new(() => clock.Options.CacheSize);
    }

    /// <summary>Returns a version, compiled.</summary>
    /// <exception cref="TemplateException">The source does not compile, or its layout does not exist.</exception>
    /// <exception cref="InvalidOperationException">There is no engine.</exception>
    public ResolvedTemplate Compile(TemplateVersion version, PartialSet partials)
    {
        var key = new CompiledKey(version.Tenant, version.Code, version.Kind, version.Locale, version.Version, partials.Owner);
        if (_compiled.TryGet(key, out var known) && known.IsMadeOf(version, partials, _clock.Options))
        {
            return known;
        }

        var compiled = Make(version, partials);
        _compiled.Set(key, compiled);
        return compiled;
    }

    /// <summary>Returns a version that was compiled before, although its source is gone.</summary>
    public ResolvedTemplate? Find(TenantId? owner, string code, string kind, string locale, int version, PartialSet partials) =>
        _compiled.TryGet(new CompiledKey(owner, code, kind, locale, version, partials.Owner), out var known) ? known : null;

    /// <summary>Compiles a source to see whether it can be; for a layout, around nothing.</summary>
    /// <exception cref="TemplateException">It cannot.</exception>
    public void Check(TemplateVersion version, PartialSet partials)
    {
        if (version.Kind == TemplateVersion.LayoutKind)
        {
            Part(version with { Text = "" }, TemplatePart.Text, "", version.Text, partials);
            Part(version with { Html = "" }, TemplatePart.Html, "", version.Html, partials);
        }
        else
        {
            Make(version.Kind == TemplateVersion.PartialKind ? version with { Layout = TemplateFiles.NoLayout } : version, partials);
        }
    }

    private ResolvedTemplate Make(TemplateVersion version, PartialSet partials)
    {
        var textLayout = partials.Layout(version.Layout ?? version.Kind, TemplatePart.Text, version.Locale);
        var htmlLayout = partials.Layout(version.Layout ?? version.Kind, TemplatePart.Html, version.Locale);
        if (version.Layout == TemplateFiles.NoLayout)
        {
            (textLayout, htmlLayout) = (null, null);
        }
        else if (version.Layout is not null && textLayout is null && htmlLayout is null)
        {
            throw new TemplateException(
                version.Code, version.Locale, TemplatePart.Html, $"There is no layout '{version.Layout}'. There are: {string.Join(", ", partials.Layouts())}.");
        }

        return new ResolvedTemplate(
            version,
            partials,
            _clock.Options,
            _suite.CurrentValue.DefaultLocale,
            Part(version, TemplatePart.Subject, version.Subject, null, partials),
            Part(version, TemplatePart.Text, version.Text, textLayout, partials),
            Part(version, TemplatePart.Html, version.Html, htmlLayout, partials));
    }

    private ICompiledTemplate? Part(TemplateVersion version, TemplatePart part, string? text, string? layout, PartialSet partials)
    {
        if (text is null)
        {
            return null;
        }

        var options = _clock.Options;
        var engine = _engine ?? throw new InvalidOperationException(
            $"The template '{version.Code}' cannot be compiled: no template engine is registered. Add one, such as UseHandlebars() of the package Messaging.Templates.Handlebars.");
        return engine.Compile(new TemplateSource
        {
            Code = version.Code,
            Locale = version.Locale,
            Part = part,
            Text = text,
            Layout = layout,
            Partials = partials.Partials(part, version.Locale),
            Strict = options.Strict,
            MaxOutputBytes = options.MaxOutputBytes,
            MaxRenderTime = options.MaxRenderTime,
        });
    }

    private readonly record struct CompiledKey(TenantId? Owner, string Code, string Kind, string Locale, int Version, TenantId? PartialsOf);
}

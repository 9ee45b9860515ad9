using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using Messaging.Templates.Handlebars.Binding;
using Messaging.Templates.Handlebars.Helpers;
using Messaging.Templates.Handlebars.Parsing;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars;

/// <summary>Compiles Handlebars templates. Each gets an environment of its own, so that nothing of a template outlives it.</summary>
internal sealed class HandlebarsEngine : ITemplateEngine
{
    private readonly BuiltInHelper[] _helpers;
    private readonly TemplateWords _words;
    private readonly TimeProvider _time;

    public HandlebarsEngine(TimeProvider time, IEnumerable<HostHelperRegistration> hostHelpers)
    {
        _time = time;
        _helpers =
        [
            new DateHelper(), new TimeHelper(), new NumberHelper(), new CurrencyHelper(), new PluralHelper(), .. Functions.All,
            .. hostHelpers.Select(h => new HostHelper(h.Name, h.Helper)),
        ];
        _words = new TemplateWords(_helpers.Select(h => h.Name.Path));
    }

    public ICompiledTemplate Compile(TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var flat = new TemplateFlattener(source, _words).Flatten();
        var limits = new RenderLimits(source, flat.UsesLoopNames, _time);
        try
        {
            using var text = new StringReader(flat.Text);
            return new CompiledPart(HandlebarsDotNet.Handlebars.Create(Configure(limits, flat)).Compile(text), limits, source.Part, flat.Variables);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw limits.Error("The template does not compile. Check blocks and the arguments of helpers.", exception);
        }
    }

    private HandlebarsConfiguration Configure(RenderLimits limits, FlatTemplate flat)
    {
        var configuration = new HandlebarsConfiguration
        {
            TextEncoder = limits.IsHtml ? new HtmlTextEncoder() : null,
            NoEscape = !limits.IsHtml,
            PartialTemplateResolver = null!,
            PartialRecursionDepthLimit = 0,
        };
        configuration.CompileTimeConfiguration.Features.RemoveAt(BuiltInFeature(configuration));
        configuration.ObjectDescriptorProviders.Add(new ClosedObjects());
        configuration.FormatterProviders.Add(new ClosedFormatter());
        configuration.BlockHelpers["with"] = new WithBlock();
        configuration.BlockHelpers[TemplateWords.Section] = new SectionBlock();
        configuration.BlockHelpers[TemplateWords.Scope] = new ScopeBlock();
        foreach (var helper in _helpers)
        {
            configuration.Helpers[helper.Name.Path] = helper;
        }

        foreach (var name in flat.Printed.Where(name => !configuration.Helpers.ContainsKey(name)))
        {
            configuration.Helpers[name] = new VariableHelper(name);
        }

        return configuration;
    }

    /// <summary>Finds what registers inline partials, and a <c>lookup</c> that keeps every name that it ever saw.</summary>
    private static int BuiltInFeature(HandlebarsConfiguration configuration)
    {
        var features = configuration.CompileTimeConfiguration.Features;
        for (var i = 0; i < features.Count; i++)
        {
            if (features[i].GetType().Name == "BuildInHelpersFeatureFactory")
            {
                return i;
            }
        }

        throw new NotSupportedException("This version of Handlebars.Net registers its own helpers in a way that is not known.");
    }
}

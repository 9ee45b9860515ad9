using Messaging.Templates;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

/// <summary>Looks whether a definition's templates exist, for every kind on which it goes, and read nothing that its data does not offer.</summary>
internal sealed class TemplateInventory(IEnumerable<ITemplateProvider> providers, ITemplateCatalog catalog, IOptionsMonitor<TemplateOptions> options)
{
    private List<TemplateVersion>? _all;

    /// <summary>A store that does not answer yet stops no host: what it may hold is then not missed.</summary>
    private bool _isIncomplete;

    public async ValueTask CheckAsync(MessageDefinition definition, IReadOnlyCollection<string> kinds, List<string> wrong, CancellationToken cancellationToken)
    {
        _all ??= await ListAsync(cancellationToken).ConfigureAwait(false);
        var own = _all.FindAll(template => template.Code == definition.Template);
        if (own.Count == 0 && !_isIncomplete)
        {
            wrong.Add($"The message '{definition.Template}' has no template of that code. {Quote.Known(definition.Template, _all.Select(template => template.Code))} Add one, or name another.");
            return;
        }

        foreach (var kind in _isIncomplete ? [] : kinds)
        {
            if (!own.Exists(template => template.Kind == kind))
            {
                wrong.Add(
                    $"The message '{definition.Template}' goes on '{kind}', and its template is written for {string.Join(", ", own.Select(template => template.Kind).Distinct())} only. Add '{kind}'.");
            }
        }

        foreach (var template in own)
        {
            await VariablesAsync(definition, template, wrong, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask VariablesAsync(MessageDefinition definition, TemplateVersion template, List<string> wrong, CancellationToken cancellationToken)
    {
        if (!options.CurrentValue.Strict)
        {
            return;
        }

        var resolved = await ResolveAsync(template, cancellationToken).ConfigureAwait(false);
        var missing = resolved?.Variables.Where(name => !definition.Variables.Contains(name)).Order(StringComparer.Ordinal).ToList() ?? [];
        if (missing.Count > 0)
        {
            wrong.Add(
                $"The template '{template.Code}' ({template.Kind}, {template.Locale}) reads {string.Join(", ", missing)}, which {definition.DataType.Name} does not have. "
                + $"It has: {string.Join(", ", definition.Variables)}. Add it there, or mend the template.");
        }
    }

    private async ValueTask<IResolvedTemplate?> ResolveAsync(TemplateVersion template, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.ResolveAsync(
                template.Tenant ?? TenantId.Default, template.Code, template.Kind, template.Locale, template.Version, cancellationToken).ConfigureAwait(false);
        }
        catch (TemplateException)
        {
            // It does not compile: the warm-up says so.
            return null;
        }
    }

    private async ValueTask<List<TemplateVersion>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<TemplateVersion>();
        foreach (var provider in providers)
        {
            try
            {
                await foreach (var template in provider.ListAsync(cancellationToken).ConfigureAwait(false))
                {
                    all.Add(template);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The warm-up logs it, or stops the host when the source is the host's own.
                _isIncomplete = true;
            }
        }

        return all;
    }
}

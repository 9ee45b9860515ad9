using System.Collections.Frozen;

namespace Messaging.Templates;

/// <summary>Templates and partials that are held in memory. Immutable.</summary>
internal sealed class TemplateSet
{
    private static readonly IReadOnlyDictionary<string, string> NoPartials = new Dictionary<string, string>();
    private readonly FrozenDictionary<(TenantId? Owner, string Code, string Kind, string Locale), TemplateVersion> _templates;
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _partials;

    /// <summary>Initializes a set.</summary>
    /// <exception cref="InvalidOperationException">A template is there twice.</exception>
    public TemplateSet(IEnumerable<TemplateVersion> templates)
    {
        var all = templates.ToLookup(t => t.Kind is TemplateVersion.PartialKind or TemplateVersion.LayoutKind);
        var unique = new Dictionary<(TenantId?, string, string, string), TemplateVersion>();
        foreach (var template in all[false].Select(ContentVersion.Number))
        {
            if (!unique.TryAdd((template.Tenant, template.Code, template.Kind, Fold(template.Locale)), template))
            {
                throw new InvalidOperationException(
                    $"The template '{template.Code}' for the kind '{template.Kind}' in the locale '{template.Locale}' is there twice. Rename or remove one.");
            }
        }

        _templates = unique.ToFrozenDictionary();
        _partials = all[true].GroupBy(t => t.Tenant?.Value ?? "").ToDictionary(g => g.Key, g => (IReadOnlyDictionary<string, string>)PartialNames.Of(g));
    }

    public IEnumerable<TemplateVersion> Templates => _templates.Values;

    public TemplateVersion? Find(TenantId? owner, string code, string kind, string locale, int? version) =>
        _templates.TryGetValue((owner, code, kind, Fold(locale)), out var found) && (version is null || version == found.Version) ? found : null;

    public IReadOnlyDictionary<string, string> Partials(TenantId? owner) => _partials.GetValueOrDefault(owner?.Value ?? "", NoPartials);

    /// <summary>Locales are compared without regard to case (RFC 5646 §2.1.1).</summary>
    private static string Fold(string locale) => locale.ToLowerInvariant();
}

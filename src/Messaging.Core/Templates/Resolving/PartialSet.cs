using System.Collections.Frozen;

namespace Messaging.Templates;

/// <summary>The partials and layouts that a tenant's templates see: its own over the shared ones. Immutable.</summary>
internal sealed class PartialSet
{
    private readonly FrozenDictionary<string, string> _sources;

    /// <summary>Initializes a set.</summary>
    /// <param name="owner">The tenant; <see langword="null"/> when it has none of its own, so that tenants without any share one set.</param>
    /// <param name="sources">The sources by the names of <see cref="TemplateFiles"/>.</param>
    public PartialSet(TenantId? owner, IReadOnlyDictionary<string, string> sources)
    {
        Owner = owner;
        _sources = sources.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public TenantId? Owner { get; }

    public static PartialSet Empty { get; } = new(null, new Dictionary<string, string>());

    /// <summary>Returns a tenant's set: its own sources in front of these.</summary>
    public PartialSet With(TenantId owner, IReadOnlyDictionary<string, string> own)
    {
        var all = new Dictionary<string, string>(_sources, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in own)
        {
            all[name] = text;
        }

        return new PartialSet(owner, all);
    }

    public bool HasSameSources(PartialSet other) =>
        ReferenceEquals(this, other)
        || (Owner == other.Owner && _sources.Count == other._sources.Count && _sources.All(s => other._sources.TryGetValue(s.Key, out var text) && text == s.Value));

    /// <summary>Returns the partials of a part in a locale, by their own names.</summary>
    public Dictionary<string, string> Partials(TemplatePart part, string locale)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Names(TemplateFiles.Partials, part))
        {
            if (Find(TemplateFiles.Partials, name, part, locale) is { } text)
            {
                found[name] = text;
            }
        }

        return found;
    }

    /// <summary>Returns the layout of a part, or <see langword="null"/>.</summary>
    public string? Layout(string name, TemplatePart part, string locale) => Find(TemplateFiles.Layouts, name, part, locale);

    /// <summary>Returns the names of all layouts, for error texts.</summary>
    public IEnumerable<string> Layouts() =>
        new[] { TemplatePart.Text, TemplatePart.Html }.SelectMany(part => Names(TemplateFiles.Layouts, part)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>A subject includes what a text does: both are plain.</summary>
    private static TemplatePart Plain(TemplatePart part) => part == TemplatePart.Html ? part : TemplatePart.Text;

    private IEnumerable<string> Names(string folder, TemplatePart part)
    {
        var ending = TemplateFiles.Ending(Plain(part));
        return _sources.Keys
            .Where(key => key.StartsWith(folder + "/", StringComparison.OrdinalIgnoreCase) && key.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            .Select(key => key[(folder.Length + 1)..^ending.Length].Split('.')[0])
            .Distinct();
    }

    private string? Find(string folder, string name, TemplatePart part, string locale)
    {
        foreach (var candidate in LocaleChain.Of(locale))
        {
            if (_sources.TryGetValue(TemplateFiles.Name(folder, name, candidate, Plain(part)), out var text))
            {
                return text;
            }
        }

        return null;
    }
}

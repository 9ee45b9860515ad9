using System.Globalization;
using Messaging.Sending;

namespace Messaging.Templates;

/// <summary>The locales in which a template is looked for, closest first.</summary>
internal static class LocaleChain
{
    /// <summary>Returns the wanted locale and its parents, the default, then the fall-backs and theirs: better another language than no message.</summary>
    /// <param name="wanted">The wanted locale, or <see cref="TemplateVersion.DefaultLocale"/>.</param>
    /// <param name="fallbacks">The tenant's and the suite's locales.</param>
    public static List<string> Of(string wanted, params ReadOnlySpan<string> fallbacks)
    {
        var chain = new List<string>(6);
        AddWithParents(chain, wanted);
        Add(chain, TemplateVersion.DefaultLocale);
        foreach (var fallback in fallbacks)
        {
            AddWithParents(chain, fallback);
        }

        return chain;
    }

    /// <summary>Returns a locale the way BCP 47 writes it: <c>pl_pl</c> as <c>pl-PL</c>.</summary>
    public static string Normalize(string locale) =>
        locale == TemplateVersion.DefaultLocale ? locale : Cultures.Find(locale.Replace('_', '-'))?.Name ?? locale.Replace('_', '-');

    /// <summary>Returns the culture in which values are written for a locale; that of the first locale that is one.</summary>
    public static CultureInfo Culture(string? wanted, string found, string suite) =>
        Cultures.Find(wanted) ?? Cultures.Find(found == TemplateVersion.DefaultLocale ? suite : found) ?? Cultures.Find(suite) ?? CultureInfo.InvariantCulture;

    private static void AddWithParents(List<string> chain, string locale)
    {
        locale = Normalize(locale);
        for (var end = locale.Length; end > 0; end = locale.LastIndexOf('-', end - 1))
        {
            Add(chain, locale[..end]);
        }
    }

    private static void Add(List<string> chain, string locale)
    {
        if (!chain.Contains(locale, StringComparer.OrdinalIgnoreCase))
        {
            chain.Add(locale);
        }
    }
}

namespace Messaging.Templates;

/// <summary>What a file's place and name say.</summary>
/// <param name="Tenant">The owner; <see langword="null"/> for the shared set.</param>
/// <param name="Code">The template's code, or the partial's or layout's own name.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Locale">The locale, or the default.</param>
/// <param name="Part">The part.</param>
internal readonly record struct TemplateFileName(TenantId? Tenant, string Code, string Kind, string Locale, TemplatePart Part)
{
    private const string TenantsFolder = "_tenants";

    /// <summary>Reads a path relative to the directory.</summary>
    /// <returns><see langword="null"/> for a file that is none of a template's.</returns>
    /// <exception cref="InvalidOperationException">It looks like a template's and is misnamed.</exception>
    public static TemplateFileName? Parse(string path)
    {
        if (PartOf(path) is not { } part)
        {
            return null;
        }

        var folders = path.Split('/', '\\');
        var tenant = folders is [TenantsFolder, var owner, _, ..] ? new TenantId(owner) : (TenantId?)null;
        var inside = folders.AsSpan(tenant is null ? 0 : 2, folders.Length - (tenant is null ? 1 : 3));
        var words = folders[^1][..^TemplateFiles.Ending(part).Length].Split('.');
        return inside switch
        {
            [TemplateFiles.Partials, ..] => Named(path, tenant, words, TemplateVersion.PartialKind, part),
            [TemplateFiles.Layouts, ..] => Named(path, tenant, words, TemplateVersion.LayoutKind, part),
            _ => words switch
            {
                [{ Length: > 0 } code, { Length: > 0 } kind] => new(tenant, code, kind, TemplateVersion.DefaultLocale, part),
                [{ Length: > 0 } code, { Length: > 0 } kind, { Length: > 0 } locale] => new(tenant, code, kind, Known(path, locale), part),
                _ => throw Misnamed(path, "code.kind.html or code.kind.locale.html, such as booking_confirmed.email.pl.html"),
            },
        };
    }

    private static TemplateFileName Named(string path, TenantId? tenant, string[] words, string kind, TemplatePart part) => words switch
    {
        [{ Length: > 0 } name] => new(tenant, name, kind, TemplateVersion.DefaultLocale, part),
        [{ Length: > 0 } name, { Length: > 0 } locale] => new(tenant, name, kind, Known(path, locale), part),
        _ => throw Misnamed(path, "name.html or name.locale.html, such as footer.pl.html"),
    };

    private static TemplatePart? PartOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" => TemplatePart.Html,
        ".txt" => TemplatePart.Text,
        ".subject" => TemplatePart.Subject,
        _ => null,
    };

    private static string Known(string path, string locale) =>
        Sending.Cultures.IsKnown(locale.Replace('_', '-')) ? LocaleChain.Normalize(locale) : throw Misnamed(path, "a locale such as pl or en-GB before its ending");

    private static InvalidOperationException Misnamed(string path, string expected) =>
        new($"The template file '{path}' is misnamed. Name it {expected}; end it with .html, .txt or .subject.");
}

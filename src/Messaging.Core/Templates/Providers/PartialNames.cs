namespace Messaging.Templates;

/// <summary>Turns partials and layouts that are kept as templates into sources by the names of <see cref="TemplateFiles"/>.</summary>
internal static class PartialNames
{
    public static Dictionary<string, string> Of(IEnumerable<TemplateVersion> templates)
    {
        var sources = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var template in templates)
        {
            var folder = template.Kind == TemplateVersion.LayoutKind ? TemplateFiles.Layouts : TemplateFiles.Partials;
            Add(sources, folder, template, TemplatePart.Text, template.Text);
            Add(sources, folder, template, TemplatePart.Html, template.Html);
        }

        return sources;
    }

    private static void Add(Dictionary<string, string> sources, string folder, TemplateVersion template, TemplatePart part, string? text)
    {
        if (text is not null)
        {
            sources[TemplateFiles.Name(folder, template.Code, template.Locale, part)] = text;
        }
    }
}

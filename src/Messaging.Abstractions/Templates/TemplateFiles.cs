namespace Messaging.Templates;

/// <summary>The names under which providers offer partials and layouts, see <see cref="ITemplateProvider.GetPartialsAsync"/>.</summary>
/// <remarks>
/// A name is a folder, the partial's own name, a locale or none, and the ending of the part: <c>_partials/footer.html</c>,
/// <c>_partials/footer.pl.html</c>, <c>_layouts/email.txt</c>. A template of the locale <c>pl-PL</c> sees the closest of
/// <c>pl-PL</c>, <c>pl</c> and none. The layout that has the name of the kind surrounds all templates of that kind that name no other.
/// </remarks>
public static class TemplateFiles
{
    /// <summary>The folder of partials.</summary>
    public const string Partials = "_partials";

    /// <summary>The folder of layouts.</summary>
    public const string Layouts = "_layouts";

    /// <summary>The name that a template gives instead of a layout's, to have none.</summary>
    public const string NoLayout = "none";

    /// <summary>Returns the name of a partial or layout.</summary>
    /// <param name="folder"><see cref="Partials"/> or <see cref="Layouts"/>.</param>
    /// <param name="name">Its own name.</param>
    /// <param name="locale">The locale, or <see cref="TemplateVersion.DefaultLocale"/> for the one that answers when no closer one does.</param>
    /// <param name="part">The part that may include it.</param>
    public static string Name(string folder, string name, string locale, TemplatePart part) =>
        locale == TemplateVersion.DefaultLocale ? $"{folder}/{name}{Ending(part)}" : $"{folder}/{name}.{locale}{Ending(part)}";

    /// <summary>Returns the ending of a part's files.</summary>
    public static string Ending(TemplatePart part) => part switch
    {
        TemplatePart.Subject => ".subject",
        TemplatePart.Html => ".html",
        _ => ".txt",
    };
}

using System.Text.RegularExpressions;
using Messaging.Sending;
using Messaging.Storage;

namespace Messaging.Templates;

/// <summary>What a template may look like that is to be kept.</summary>
internal static partial class TemplateRules
{
    private const int MaxPart = 1_000_000;

    /// <summary>Returns the template as it is kept.</summary>
    /// <exception cref="ArgumentException">A field is wrong; the text names it.</exception>
    public static TemplateVersion Normalize(TemplateVersion template)
    {
        ArgumentNullException.ThrowIfNull(template);
        Require(template.Tenant is not { } tenant || (tenant.Value?.Length is > 0 and <= TenantId.MaxLength && tenant != EntitySchema.SharedTenant),
            "Tenant", $"is null for the shared set, or has 1 to {TenantId.MaxLength} characters and is not '{EntitySchema.SharedTenant}'");
        Require(Name().IsMatch(template.Code ?? ""), "Code", "has 1 to 100 letters, digits, '_' and '-'");
        Require(Name().IsMatch(template.Kind ?? ""), "Kind", "has 1 to 100 letters, digits, '_' and '-', such as 'email'");
        Require(template.Layout is null || Name().IsMatch(template.Layout), "Layout", "is null or has 1 to 100 letters, digits, '_' and '-'");
        Require(template.Category is null || template.Category.Length is > 0 and <= 100, "Category", "is null or has 1 to 100 characters");
        Require(template.Locale == TemplateVersion.DefaultLocale || Cultures.IsKnown(template.Locale?.Replace('_', '-')), "Locale",
            $"is a BCP 47 locale such as 'pl' or 'en-GB', or '{TemplateVersion.DefaultLocale}'");
        Require((template.Subject ?? template.Text ?? template.Html) is not null, "Text", "or Subject or Html has to be given: a template without any part renders nothing");
        Require(Fits(template.Subject) && Fits(template.Text) && Fits(template.Html), "Html", $"and every other part have at most {MaxPart} characters");
        return template with { Locale = LocaleChain.Normalize(template.Locale!) };
    }

    private static bool Fits(string? part) => part is null || part.Length <= MaxPart;

    private static void Require(bool holds, string field, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException($"The template cannot be kept: {field} {rule}.", $"template.{field}");
        }
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}_-]{1,100}\z")]
    private static partial Regex Name();
}

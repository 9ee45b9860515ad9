using System.Globalization;
using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Templates;

/// <summary>One version of a template, as stores keep it: written once.</summary>
internal sealed record StoredTemplateVersion : IEntity<StoredTemplateVersion>
{
    public static EntitySchema<StoredTemplateVersion> Schema { get; } = new("template_version", TemplateJson.Default.StoredTemplateVersion);

    public required TemplateVersion Template { get; init; }

    [JsonIgnore]
    public TenantId Tenant => StoredTemplate.OwnerOf(Template.Tenant);

    [JsonIgnore]
    public string Key => KeyOf(Template.Code, Template.Kind, Template.Locale, Template.Version);

    public static string KeyOf(string code, string kind, string locale, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{StoredTemplate.KeyOf(code, kind, locale)}|{version:D10}");
}

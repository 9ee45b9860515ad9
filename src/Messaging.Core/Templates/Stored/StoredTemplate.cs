using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Templates;

/// <summary>The active version of a template, as stores keep it.</summary>
internal sealed record StoredTemplate : IEntity<StoredTemplate>
{
    public const string CategoryIndex = "category";
    public const string KindIndex = "kind";

    public static EntitySchema<StoredTemplate> Schema { get; } = new EntitySchema<StoredTemplate>("template", TemplateJson.Default.StoredTemplate)
        .Many(CategoryIndex, t => t.Template.Category is { } category ? [category] : [])
        .Many(KindIndex, t => [t.Template.Kind]);

    public required TemplateVersion Template { get; init; }

    [JsonIgnore]
    public TenantId Tenant => OwnerOf(Template.Tenant);

    [JsonIgnore]
    public string Key => KeyOf(Template.Code, Template.Kind, Template.Locale);

    public static TenantId OwnerOf(TenantId? tenant) => tenant ?? EntitySchema.SharedTenant;

    public static string KeyOf(string code, string kind, string locale) => $"{code}|{kind}|{locale.ToLowerInvariant()}";
}

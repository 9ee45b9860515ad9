using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Templates;

/// <summary>
/// The number of the last version of a code and kind. All locales count together, so that a pinned number never comes to mean the version of a
/// closer locale that was added later.
/// </summary>
internal sealed record StoredTemplateSequence : IEntity<StoredTemplateSequence>
{
    public static EntitySchema<StoredTemplateSequence> Schema { get; } = new("template_sequence", TemplateJson.Default.StoredTemplateSequence);

    public required TenantId Tenant { get; init; }

    public required string Code { get; init; }

    public required string Kind { get; init; }

    public required int Last { get; init; }

    [JsonIgnore]
    public string Key => KeyOf(Code, Kind);

    public static string KeyOf(string code, string kind) => $"{code}|{kind}";
}

using System.Text.Json.Serialization;

namespace Messaging.Templates;

/// <summary>How templates are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredTemplate))]
[JsonSerializable(typeof(StoredTemplateVersion))]
[JsonSerializable(typeof(StoredTemplateSequence))]
internal sealed partial class TemplateJson : JsonSerializerContext;

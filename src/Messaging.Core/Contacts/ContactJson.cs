using System.Text.Json.Serialization;

namespace Messaging.Contacts;

/// <summary>How contacts are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContactEntity))]
internal sealed partial class ContactJson : JsonSerializerContext;

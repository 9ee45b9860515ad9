using System.Text.Json.Serialization;

namespace Messaging.Sending;

/// <summary>How the entities of this folder are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EnvironmentStamp))]
[JsonSerializable(typeof(BulkRefused))]
[JsonSerializable(typeof(StoredFiles))]
internal sealed partial class SendingJson : JsonSerializerContext;

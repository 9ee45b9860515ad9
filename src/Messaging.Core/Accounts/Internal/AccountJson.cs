using System.Text.Json.Serialization;

namespace Messaging.Channels;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredAccount))]
internal sealed partial class AccountJson : JsonSerializerContext;

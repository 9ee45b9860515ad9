using System.Text.Json.Serialization;

namespace Messaging.Receiving;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostEventWork))]
[JsonSerializable(typeof(UnmatchedReport))]
[JsonSerializable(typeof(QuarantineEntry))]
internal sealed partial class ReceivingJson : JsonSerializerContext;

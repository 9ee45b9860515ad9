using System.Text.Json.Serialization;

namespace Messaging.Gates;

/// <summary>How the gates' entities are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PauseList))]
[JsonSerializable(typeof(SuppressionList))]
[JsonSerializable(typeof(CapWindow))]
[JsonSerializable(typeof(QuotaUsage))]
internal sealed partial class GateJson : JsonSerializerContext;

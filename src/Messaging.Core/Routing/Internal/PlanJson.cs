using System.Text.Json.Serialization;

namespace Messaging.Routing;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DeliveryPlan))]
internal sealed partial class PlanJson : JsonSerializerContext;

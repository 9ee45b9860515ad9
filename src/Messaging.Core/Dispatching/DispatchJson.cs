using System.Text.Json.Serialization;

namespace Messaging.Dispatching;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BreakerState))]
[JsonSerializable(typeof(BreakerReference))]
[JsonSerializable(typeof(AddressHealth))]
internal sealed partial class DispatchJson : JsonSerializerContext;

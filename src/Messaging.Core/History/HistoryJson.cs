using System.Text.Json.Serialization;

namespace Messaging.History;

/// <summary>How entities of history are written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RefusedItem))]
internal sealed partial class HistoryJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace Messaging.Sending;

/// <summary>What a message has in the attachment store: kept beside the message, because a sensitive one loses its payload.</summary>
internal sealed record StoredFiles
{
    public required string Tenant { get; init; }

    public required Guid Message { get; init; }

    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Gets how long they stay whatever becomes of the message, so that somebody can retry it.</summary>
    public required DateTimeOffset KeepUntil { get; init; }

    [JsonIgnore]
    public TenantId Owner => new(Tenant);

    [JsonIgnore]
    public MessageId Id => new(Message);
}

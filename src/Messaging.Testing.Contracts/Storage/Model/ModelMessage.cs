using Messaging.Storage;

namespace Messaging.Testing.Contracts.Storage.Model;

/// <summary>A message as the model knows it.</summary>
internal sealed class ModelMessage(StoredMessage stored, bool isBulk)
{
    public StoredMessage Stored { get; set; } = stored;

    public List<ModelDelivery> Deliveries { get; } = [];

    public bool IsBulk { get; set; } = isBulk;

    public bool IsRouted { get; set; }

    public bool Drops { get; set; } = stored.Sensitive;
}

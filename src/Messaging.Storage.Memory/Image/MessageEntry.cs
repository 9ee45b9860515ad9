namespace Messaging.Storage.Memory;

internal sealed class MessageEntry(StoredMessage message)
{
    public StoredMessage Message { get; set; } = message;

    public List<DeliveryEntry> Deliveries { get; } = [];

    public HashSet<UInt128> Items { get; } = [];

    /// <summary>Whether more deliveries may come.</summary>
    public bool KeepsPayloads { get; set; }

    /// <summary>Whether a delivery is a step of a route that has not ended.</summary>
    public bool IsRouted { get; set; }

    /// <summary>How many deliveries are not done.</summary>
    public int Open { get; set; }
}

namespace Messaging.Storage.Memory;

internal sealed class MessageEntry(StoredMessage message)
{
    public StoredMessage Message { get; set; } = message;

    public List<DeliveryEntry> Deliveries { get; } = [];

    public HashSet<UInt128> Items { get; } = [];

    /// <summary>How many deliveries are not done.</summary>
    public int Open { get; set; }
}

namespace Messaging.Storage.Memory;

/// <summary>All that the store keeps. Not thread safe: the store's lock guards it.</summary>
internal sealed class StoreImage
{
    public WorkQueueImage Queue { get; } = new();

    public Dictionary<MessageId, MessageEntry> Messages { get; } = [];

    public Dictionary<DeliveryId, DeliveryEntry> Deliveries { get; } = [];

    public List<DeliveryEntry> History { get; } = [];

    public HashSet<string> EventKeys { get; } = [];

    public Dictionary<(string Account, string ProviderId), DeliveryEntry> Receipts { get; } = [];

    public Dictionary<(TenantId Tenant, string Key), (IdempotencyClaim Claim, MessageId Message)> Idempotency { get; } = [];

    public EntityImage Entities { get; } = new();

    public DeliveryEntry? Find(TenantId tenant, DeliveryId id) =>
        Deliveries.TryGetValue(id, out var delivery) && delivery.Stored.Tenant == tenant ? delivery : null;
}

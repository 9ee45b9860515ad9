using Messaging.Storage;

namespace Messaging.Testing;

public static partial class Some
{
    /// <summary>Makes a message as stores keep it, with a payload that no store can read.</summary>
    public static StoredMessage StoredMessage() => new()
    {
        Id = MessageId(),
        Tenant = TenantId.Default,
        AcceptedAt = Instant,
        Category = Categories.Transactional,
        Payload = "shared"u8.ToArray(),
    };

    /// <summary>Makes a delivery, ready to be claimed, that belongs to a message.</summary>
    public static StoredDelivery StoredDelivery(StoredMessage? message = null)
    {
        message ??= StoredMessage();
        var address = Address();
        return new StoredDelivery
        {
            Id = DeliveryId(),
            MessageId = message.Id,
            Tenant = message.Tenant,
            Address = address,
            Channel = address.Kind,
            Priority = MessagePriority.Normal,
            AcceptedAt = message.AcceptedAt,
            DueAt = message.AcceptedAt,
            Reference = message.Reference,
            Payload = "own"u8.ToArray(),
        };
    }

    /// <summary>Makes a change that accepts a message with new deliveries.</summary>
    public static Change Accept(StoredMessage message, params IReadOnlyList<StoredDelivery> deliveries) =>
        new() { Accept = new Acceptance { Message = message, Deliveries = deliveries } };

    /// <summary>Makes a change that accepts a message with one delivery.</summary>
    public static Change Accept(StoredDelivery? delivery = null)
    {
        var message = StoredMessage();
        message = delivery is null ? message : message with { Id = delivery.MessageId, Tenant = delivery.Tenant, AcceptedAt = delivery.AcceptedAt };
        return Accept(message, delivery ?? StoredDelivery(message));
    }
}

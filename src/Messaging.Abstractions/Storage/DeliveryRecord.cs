namespace Messaging.Storage;

/// <summary>A delivery with its message and its state.</summary>
/// <param name="Message">The message. Payload memory stays valid until the lease ends, or for a read, until the caller lets go of the record.</param>
/// <param name="Delivery">The delivery.</param>
/// <param name="State">Where it stands.</param>
public sealed record DeliveryRecord(StoredMessage Message, StoredDelivery Delivery, DeliveryState State);

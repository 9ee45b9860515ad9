namespace Messaging.Storage;

/// <summary>A delivery with its message and its state.</summary>
/// <param name="Message">The message. Payload memory stays valid until the lease ends, or for a read, until the caller lets go of the record.</param>
/// <param name="Delivery">The delivery. How it started — its work, due time, park key, why and evidence — is not kept beside the state.</param>
/// <param name="State">Where it stands.</param>
public sealed record DeliveryRecord(StoredMessage Message, StoredDelivery Delivery, DeliveryState State);

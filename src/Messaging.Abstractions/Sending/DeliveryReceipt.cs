namespace Messaging;

/// <summary>What became of one recipient of a send request.</summary>
/// <param name="Id">The delivery; of a route, its first step.</param>
/// <param name="Status">The outcome.</param>
/// <param name="Why">The reason of anything but a plain acceptance.</param>
public sealed record DeliveryReceipt(DeliveryId Id, SendStatus Status, Why? Why = null);

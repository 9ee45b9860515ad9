namespace Messaging.Gates;

/// <summary>A message that counts against a cap.</summary>
/// <param name="Id">The delivery: asked again, it is not counted again.</param>
/// <param name="At">When it was let pass.</param>
internal readonly record struct CapEntry(DeliveryId Id, DateTimeOffset At);

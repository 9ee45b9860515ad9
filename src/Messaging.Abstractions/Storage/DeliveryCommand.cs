namespace Messaging.Storage;

/// <summary>An operator's command. One that does not apply makes its change <see cref="ChangeStatus.Stale"/>.</summary>
/// <param name="Type">What to do.</param>
/// <param name="Tenant">The owner.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="At">When.</param>
/// <param name="Why">The reason, for the timeline.</param>
public sealed record DeliveryCommand(DeliveryCommandType Type, TenantId Tenant, DeliveryId DeliveryId, DateTimeOffset At, Why? Why = null);

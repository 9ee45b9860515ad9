namespace Messaging.Storage;

/// <summary>Lets go of the payloads of a message and of its deliveries: at once of those that are done, of the others when they are. One that is not there makes the change <see cref="ChangeStatus.Stale"/>.</summary>
/// <param name="Tenant">The owner.</param>
/// <param name="MessageId">The message.</param>
public sealed record PayloadDrop(TenantId Tenant, MessageId MessageId);

namespace Messaging.Storage;

/// <summary>A caller's key on its way to another store.</summary>
/// <param name="Tenant">The owner.</param>
/// <param name="Claim">The key.</param>
/// <param name="MessageId">What was accepted under it.</param>
public sealed record MovedClaim(TenantId Tenant, IdempotencyClaim Claim, MessageId MessageId);

namespace Messaging;

/// <summary>What a pause holds: all of a tenant, or one account or template of it.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Account">The account or group; <see langword="null"/> for all.</param>
/// <param name="Template">The template's code; <see langword="null"/> for all.</param>
public sealed record PauseScope(TenantId Tenant, string? Account = null, string? Template = null);

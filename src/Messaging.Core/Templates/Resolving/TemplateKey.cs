namespace Messaging.Templates;

/// <summary>What was asked for.</summary>
internal readonly record struct TemplateKey(TenantId Tenant, string Code, string Kind, string? Locale, int? Version);

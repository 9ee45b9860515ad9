namespace Messaging.Sending;

/// <summary>What a tenant's recipients get when nothing closer is known.</summary>
/// <param name="Locale">The locale: the tenant's, else the suite's.</param>
/// <param name="TimeZone">The time zone: the tenant's, else the suite's; <see langword="null"/> when neither says.</param>
internal readonly record struct TenantLocale(string Locale, string? TimeZone);

namespace Messaging.Templates;

/// <summary>What a tenant's recipients get when nothing closer is known.</summary>
public sealed record TenantDefaults
{
    /// <summary>Gets the BCP 47 locale; <see langword="null"/> means the suite's.</summary>
    public string? Locale { get; init; }

    /// <summary>Gets the IANA time zone; <see langword="null"/> means the suite's.</summary>
    public string? TimeZone { get; init; }
}

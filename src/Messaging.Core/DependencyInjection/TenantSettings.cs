namespace Messaging;

/// <summary>What a tenant has of its own.</summary>
public sealed class TenantSettings
{
    /// <summary>Gets or sets the BCP 47 locale of a recipient about whom nobody knows another.</summary>
    /// <value><see langword="null"/> means the suite's.</value>
    public string? Locale { get; set; }

    /// <summary>Gets or sets the IANA time zone of a recipient about whom nobody knows another.</summary>
    /// <value><see langword="null"/> means the suite's.</value>
    public string? TimeZone { get; set; }
}

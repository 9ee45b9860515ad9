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

    /// <summary>Gets or sets the sender of messages that name none, in the medium's own form; used for e-mail only.</summary>
    /// <value><see langword="null"/> means the account's.</value>
    public string? From { get; set; }

    /// <summary>Gets or sets where answers go, when the message does not say; used for e-mail only.</summary>
    /// <value><see langword="null"/> means the sender.</value>
    public string? ReplyTo { get; set; }
}

using Messaging.Channels;

namespace Messaging.RateLimiting;

/// <summary>How fast the host lets messages go. Nothing is limited by default, but for what a channel declares of its provider.</summary>
public sealed class LimitOptions
{
    /// <summary>Gets or sets the limit of each tenant, over all its accounts.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public RateLimit? Tenant { get; set; }

    /// <summary>Gets the limits of single tenants, by name, instead of <see cref="Tenant"/>; <see langword="null"/> lifts it.</summary>
    public IDictionary<string, RateLimit?> Tenants { get; } = new Dictionary<string, RateLimit?>(StringComparer.Ordinal);

    /// <summary>Gets or sets the limits of every account that says nothing else of itself.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public AccountLimits? Account { get; set; }

    /// <summary>Gets or sets a value indicating whether the provider's documented limits hold where nobody set another.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ProviderLimits { get; set; } = true;
}

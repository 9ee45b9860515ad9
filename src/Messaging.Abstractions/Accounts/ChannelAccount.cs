namespace Messaging.Channels;

/// <summary>One configured sender of a kind under a name. Keys credentials, limits, breaker and pool.</summary>
public sealed record ChannelAccount
{
    /// <summary>Gets the name; unique within the owner.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the owner; <see langword="null"/> for an account of the host.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Gets the medium.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the scheme that says which factory makes the channel.</summary>
    public required string Scheme { get; init; }

    /// <summary>Gets what changes whenever anything of the account changes; the live channel of an older version is drained.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the connection string; <see langword="null"/> when the factory reads named options instead.</summary>
    public Secret? ConnectionString { get; init; }

    /// <summary>Gets further settings that the factory understands.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = EmptyMetadata.Instance;

    /// <summary>Gets the account's own limits; <see langword="null"/> means what the channel declares and the host configures.</summary>
    public AccountLimits? Limits { get; init; }

    /// <summary>Gets the share that the account gets in a weighted group.</summary>
    /// <value>1 or more; the default is 1.</value>
    public int Weight { get; init; } = 1;
}

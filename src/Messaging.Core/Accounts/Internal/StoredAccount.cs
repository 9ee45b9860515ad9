using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Channels;

/// <summary>A tenant's own account as it is kept.</summary>
internal sealed record StoredAccount : IEntity<StoredAccount>
{
    public const string ByKind = "kind";

    public static EntitySchema<StoredAccount> Schema { get; } =
        new EntitySchema<StoredAccount>("channel_account", AccountJson.Default.StoredAccount).Many(ByKind, a => [a.Kind]);

    public required TenantId Tenant { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required string Scheme { get; init; }

    /// <summary>New with every save, so that an account that was removed and made again is not taken for the old one.</summary>
    public required string Version { get; init; }

    /// <summary>The connection string as <see cref="ICredentialProtector.Protect"/> made it.</summary>
    public string? Protected { get; init; }

    public Dictionary<string, string> Settings { get; init; } = [];

    public AccountLimits? Limits { get; init; }

    public int Weight { get; init; } = 1;

    [JsonIgnore]
    public string Key => Name;

    public ChannelAccount ToAccount() => new()
    {
        Name = Name,
        Tenant = Tenant,
        Kind = Kind,
        Scheme = Scheme,
        Version = Version,
        ConnectionString = Protected is null ? null : Secret.Protected(Protected),
        Settings = Settings,
        Limits = Limits,
        Weight = Weight,
    };
}

using System.Text.Json.Serialization;
using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>The breaker of one account, shared by all nodes. Its version lets one of them win.</summary>
internal sealed record BreakerState : IEntity<BreakerState>
{
    public static EntitySchema<BreakerState> Schema { get; } = new("account_breaker", DispatchJson.Default.BreakerState);

    /// <summary>Gets the tenant that owns the account, or <see cref="EntitySchema.SharedTenant"/>.</summary>
    public required TenantId Tenant { get; init; }

    public required string Account { get; init; }

    public required string Kind { get; init; }

    public BreakerStatus Status { get; init; }

    /// <summary>Gets until when the account is left alone, or a probe may take; of a closed breaker, since when it is closed.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>Gets how often it was opened in a row.</summary>
    public int Opened { get; init; }

    /// <summary>Gets what failed last, free of personal data.</summary>
    public string? Reason { get; init; }

    [JsonIgnore]
    public string Key => Account;

    public static TenantId OwnerOf(AccountKey key) => key.Tenant ?? EntitySchema.SharedTenant;
}

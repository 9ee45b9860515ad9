using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>The soft bounces of one address of a tenant. Kept under a hash: it is about an address, and does not hold it.</summary>
internal sealed record AddressHealth : IEntity<AddressHealth>
{
    public static EntitySchema<AddressHealth> Schema { get; } = new("address_health", DispatchJson.Default.AddressHealth);

    public required TenantId Tenant { get; init; }

    public required string Hash { get; init; }

    /// <summary>Gets the bounces by the key of what reported them, so that a report that is applied twice counts once.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Bounces { get; init; } = new Dictionary<string, DateTimeOffset>();

    [JsonIgnore]
    public string Key => Hash;

    public static string HashOf(Address address) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{address.Kind}:{address.Value}")));
}

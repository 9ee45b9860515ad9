using System.Security.Cryptography;
using System.Text;

namespace Messaging.Gates;

/// <summary>The keys under which suppressions are kept.</summary>
internal static class SuppressionKeys
{
    /// <summary>Says that a tenant has suppressions at all; no address has this key.</summary>
    public const string Mark = "*";

    private const int Longest = 300;

    /// <summary>Returns the key of an address. Case makes no difference to a mailbox in practice, and an opt-out must not be missed for it.</summary>
    public static string Of(Address address)
    {
        var value = address.Kind == ChannelKinds.Email ? address.Value.ToLowerInvariant() : address.Value;
        return $"{address.Kind}:{(value.Length <= Longest ? value : Hash(value))}";
    }

    /// <summary>Returns the key of a contact.</summary>
    public static string Of(ContactId contact) => $"contact:{contact}";

    /// <summary>Push endpoints are longer than a key may be.</summary>
    private static string Hash(string value) => "#" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}

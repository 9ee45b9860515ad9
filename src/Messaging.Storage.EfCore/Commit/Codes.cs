using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>How values are kept in columns.</summary>
internal static class Codes
{
    private const int ProviderTextMost = 500;

    /// <summary>Returns a hash so wide that equal means the same.</summary>
    public static Guid HashOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(text, hash);
        return new Guid(hash[..16]);
    }

    /// <summary>Returns what deliveries to an address are found by; the query compares the address itself as well.</summary>
    public static long HashOf(string tenant, string kind, string address)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash($"{tenant}\n{kind}\n{address}", hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    public static Guid ToGuid(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return new Guid(bytes, bigEndian: true);
    }

    public static Guid? ToGuidOrNull(UInt128 value) => value == 0 ? null : ToGuid(value);

    public static UInt128 ToUInt128(Guid? value)
    {
        Span<byte> bytes = stackalloc byte[16];
        return value is { } guid && guid.TryWriteBytes(bytes, bigEndian: true, out _) ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : 0;
    }

    public static DateTimeOffset ToInstant(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? ToInstantOrNull(long? ticks) => ticks is { } value ? new(value, TimeSpan.Zero) : null;

    public static Why? ToWhy(string? code, string? text, long? until) => code is null ? null : new Why(code, text ?? "", ToInstantOrNull(until));

    public static string? Cut(string? providerText) => providerText is { Length: > ProviderTextMost } ? providerText[..ProviderTextMost] : providerText;

    private static void Hash(string text, Span<byte> hash)
    {
        Span<byte> buffer = stackalloc byte[512];
        var utf8 = Encoding.UTF8.TryGetBytes(text, buffer, out var length) ? buffer[..length] : Encoding.UTF8.GetBytes(text);
        SHA256.HashData(utf8, hash);
    }
}

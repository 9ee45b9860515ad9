using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Messaging.Testing;

public static partial class Some
{
    /// <summary>What tells processes apart that write to one store.</summary>
    private static readonly int Process = RandomNumberGenerator.GetInt32(int.MaxValue);

    private static long s_count;

    /// <summary>Makes a UUID of version 7 that sorts after all that this process made before.</summary>
    public static Guid Id()
    {
        var count = Interlocked.Increment(ref s_count);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (Instant.ToUnixTimeMilliseconds() + (count >> 12) << 16) | 0x7000 | (count & 0xFFF));
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], long.MinValue | (uint)Process);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Makes the identity of a message.</summary>
    public static MessageId MessageId() => new(Id());

    /// <summary>Makes the identity of a delivery.</summary>
    public static DeliveryId DeliveryId() => new(Id());

    /// <summary>Makes the identity of a contact.</summary>
    public static ContactId ContactId() => new(Id());

    /// <summary>Makes a tenant of its own.</summary>
    public static TenantId Tenant() => new(string.Create(CultureInfo.InvariantCulture, $"tenant-{Interlocked.Increment(ref s_count)}"));

    /// <summary>Makes an address that nothing else has, valid for its medium.</summary>
    /// <param name="kind">The medium: e-mail and telephone numbers are told apart, everything else gets a name.</param>
    public static Address Address(string kind = ChannelKinds.Email)
    {
        var count = Interlocked.Increment(ref s_count);
        return new Address(kind, kind switch
        {
            ChannelKinds.Email => string.Create(CultureInfo.InvariantCulture, $"anna{count}@example.com"),
            ChannelKinds.Sms or ChannelKinds.Voice or ChannelKinds.WhatsApp => string.Create(CultureInfo.InvariantCulture, $"+48{600_000_000 + (count % 100_000_000)}"),
            ChannelKinds.Telegram => string.Create(CultureInfo.InvariantCulture, $"{100_000_000 + count}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"someone-{count}"),
        });
    }
}
